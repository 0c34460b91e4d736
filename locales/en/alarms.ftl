# Calls for help.
sos-owner-silent = 🆘 <b>I-{ $number }</b> · { $post }: { $name } has not answered ({ $age }). Please take it over at once.
sos-waiting = 🆘 Nobody has accepted <b>I-{ $number }</b> yet ({ $age }) · { $post }
sos-call = Reported by: { $who }
button-sos-send = SEND EMERGENCY
button-sos-withdraw = Withdraw: false alarm
sos-ask = 🆘 <b>Send EMERGENCY</b> from <b>{ $place }</b> to { $groups }?
sos-words = Words: <i>{ $words }</i>
sos-no-secret = ⚠️ An alarm always shows your name and number, so that help finds you. To report in confidence: <code>/incident … confidential</code>
sos-more-groups = { $count } more groups
sos-nobody-linked = coordinators and admins
sos-no-form = There is no emergency button here. Call your coordinator, then report it: /incident
sos-sent = 🆘 <b>EMERGENCY sent</b> · I-{ $number } · { $clock }
sos-post = 📍 { $post }
sos-told =
    ⏳ Waiting to be accepted. Told so far: { $groups ->
        [0] { $people } coordinators
       *[other] { $people ->
            [0] { $groups } groups
           *[other] { $groups } groups and { $people } coordinators
        }
    }.
sos-told-admins = ⏳ Waiting to be accepted. There is no group and no coordinator; admins were told. Call your coordinator too.
sos-acknowledged = ✅ <b>Accepted</b> { $clock } by { $name }
sos-resolved = ✅ Resolved { $clock } by { $name }
sos-rejected = 🚫 <b>Withdrawn</b> { $clock }. Everybody who was told knows. If it is an emergency after all: /sos
sos-more = If you can, share your location in this chat, or add words: <code>/sos what is happening</code>
sos-elsewhere = Not here? Tap the right post:
sos-running = 🆘 Your alarm <b>I-{ $number }</b> is running. Those on duty have been told.
sos-not-sent = Nothing was sent. If you need it: /sos
sos-heard = ✅ <b>EMERGENCY I-{ $number } was accepted</b> by { $name } · { $clock }. Safety first; report changes in this chat.
sos-located = 📍 Your location was added to alarm <b>I-{ $number }</b>.
sos-added = ✅ Added to <b>{ $number }</b>.
sos-news = 🆘 <b>I-{ $number }</b> · { $post }: <i>{ $words }</i>
sos-alert-new = 🆘 <b>EMERGENCY</b> — please act at once.
sos-alert-acknowledged = 🆘 <b>EMERGENCY</b> — accepted.
sos-alert-resolved = ✅ <b>EMERGENCY</b> — it is over.
sos-alert-rejected = 🚫 <b>EMERGENCY withdrawn</b> — nothing needs to be done.
sos-moved-from = { $post } before
sos-withdrawn = 🚫 <b>I-{ $number } WITHDRAWN</b> by the reporter (false alarm) · { $post }. Nothing needs to be done; if in doubt, call the post.
tap-sos-sent = Sent: I-{ $number }.
tap-sos-running = Your alarm I-{ $number } is running.
tap-sos-old = This button is old. Type /sos, then tap the new button.
tap-sos-too-late = The alarm has gone out. If it was a mistake, tap «Withdraw» under it.
tap-sos-not-sent = Not sent.
tap-sos-moved = Post of the alarm: { $post }
tap-sos-withdrawn = I-{ $number } withdrawn.
menu-sos = EMERGENCY: call for help now
help-sos =
    { $command } calls for help: one command, one tap, and everybody who must act knows.
    <code>{ $command } crowd inside the station</code>
    A location that you share within 30 minutes is added.
sos-in-progress = 🛠 { $name } has been working on it since { $clock }
sos-referred = ➡️ Referred by { $name } { $clock }, waiting to be accepted there
sos-closed = ☑️ Closed { $clock }
sos-duplicate = 🔗 Merged with another incident { $clock }
sos-alert-in-progress = 🆘 <b>EMERGENCY</b> — being worked on.
sos-alert-referred = 🆘 <b>EMERGENCY</b> — referred, waiting to be accepted.
sos-alert-closed = ☑️ <b>EMERGENCY</b> — closed.
sos-alert-duplicate = 🔗 <b>EMERGENCY</b> — merged with another incident.
sos-added-timeline = ✅ Noted on the timeline of <b>{ $number }</b> and told to whoever handles it. Its card is full: for something new, send /incident.
