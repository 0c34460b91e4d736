# Receipts.
button-correct = Correct
receipt-nobody = ⚠️ Neither a group nor an admin can be reached. Call your coordinator by phone.
receipt = ✅ <b>Received.</b> { $number } · { $clock }
receipt-post = { $title } · { $post }
receipt-answer = { $label }: <b>{ $value }</b>
receipt-time = Time of the event: { $time }
receipt-note = <i>{ $note }</i>
receipt-late = ⏰ Counted as late for this window.
receipt-relayed =
    { $groups ->
        [one] Passed on to one group.
       *[other] Passed on to { $groups } groups.
    } You will be kept informed.
receipt-admins-told = No group is linked for this region yet; the admins have been told.
receipt-admins-told-purpose = No group is linked for this kind of matter in this region yet; the admins have been told.
receipt-corrected = ✏️ <b>Updated.</b> { $number } · { $clock } · version { $version }
receipt-updated = Card I-{ $number } now shows these figures.
receipt-cards-follow = Its card was updated in { $groups ->
        [one] one group
       *[other] { $groups } groups
    }.
receipt-nil = Nil: nothing happened.
receipt-far = 📍 Your phone is { $distance } from the post; that is noted.
receipt-insisted = ❗ There is an unusual number; you confirmed that it is right.
receipt-media = 📎 { $count } files
receipt-all = ✅ <b>Received.</b> { $count } reports · { $clock }
receipt-all-post = { $number } · { $post }
receipt-all-rest = Posts where things are different: report them one by one, that report counts.
