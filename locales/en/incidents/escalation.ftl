# What the clock asks and tells about incidents that nobody takes or whose owner is silent.
ask-owner =
    ⏳ <b>I-{ $number }</b> · { $title } · { $post }: are you still handling it?
    No word from you since { $since }. Without an answer by { $until } { $who } told.
ask-settled = ✔️ <b>I-{ $number }</b>: { $state } · { $name } · { $clock }
ask-settled-unowned = ✔️ <b>I-{ $number }</b>: { $state } · { $clock }
ask-hears-above = the next level up is
ask-hears-admins = the admins are
the-owner = The owner
officer-lapsed = 🔔 <b>I-{ $number }</b> waits to be taken again: { $name } does not serve there any more.
officer-owner-silent = 🆘 <b>I-{ $number }</b>: no word from { $name } yet. The group and the other coordinators have been called again. Safety first.
officer-escalated = 🔺 Nobody has accepted <b>I-{ $number }</b> yet, so it was passed on to { $groups } too.
alert-level-skipped =
    ⚠️ <b>I-{ $number }</b> passed over levels without a group for it: { $regions }.
    To link one, send this in the group: <code>{ $command }</code>
alert-waiting =
    🔺 <b>I-{ $number }</b> · { $place } has been waiting to be accepted since { $since }. Told so far: { $groups }. No level is left above.
    Please follow it up: /incident I-{ $number }
alert-waiting-referred =
    🔺 The referral of <b>I-{ $number }</b> · { $place } to { $to } is not accepted yet; the incident dates from { $since }. Told so far: { $groups }.
    Please follow it up: /incident I-{ $number }
alert-waiting-owner =
    🔺 <b>I-{ $number }</b> · { $place }: { $name } has not answered; last word { $since }. Told so far: { $groups }. No level is left above.
    Please follow it up: /incident I-{ $number }
alert-waiting-confidential =
    🔺 <b>I-{ $number }</b> · { $place } waits to be followed up.
    Open it in this chat: /incident I-{ $number }
event-unanswered = The owner has not answered
event-admins = Admins were told
event-lapsed = The owner does not serve here any more; it waits to be taken
event-lapsed-from = { $note } does not serve here any more; it waits to be taken
event-asked = The owner was asked: still being handled?
event-escalated = Went up to the next level
event-escalated-from = Went up to the next level (told before: { $note })
