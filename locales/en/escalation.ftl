# Incidents that nobody takes, or of which the owner says nothing: what owners, officers and admins read.
ask-owner =
    ⏳ <b>I-{ $number }</b> · { $title } · { $post }: are you still handling it?
    No word from you since { $since }. Without an answer by { $until } the next level up is told.
ask-settled = ✔️ <b>I-{ $number }</b>: { $state } · { $name } · { $clock }
officer-escalated = 🔺 Nobody has taken <b>I-{ $number }</b> yet, so it was passed on to { $groups } too.
alert-level-skipped =
    ⚠️ <b>I-{ $number }</b> passed over levels without a group for it: { $regions }.
    To link one, send this in the group: <code>{ $command }</code>
alert-waiting =
    🔺 <b>I-{ $number }</b> · { $place } has been waiting for somebody to take it since { $since }. Told so far: { $groups }. No level is left above.
    Please follow it up: /incident I-{ $number }
alert-waiting-referred =
    🔺 The referral of <b>I-{ $number }</b> · { $place } to { $to } is not accepted yet; the incident is of { $since }. Told so far: { $groups }.
    Please follow it up: /incident I-{ $number }
alert-waiting-owner =
    🔺 <b>I-{ $number }</b> · { $place }: { $name } has not answered; last word { $since }. Told so far: { $groups }. No level is left above.
    Please follow it up: /incident I-{ $number }
alert-waiting-confidential =
    🔺 <b>I-{ $number }</b> · { $place } waits to be followed up.
    Open it in this chat: /incident I-{ $number }
event-unanswered = The owner has not answered
event-admins = Admins were told
sos-waiting = 🆘 Nobody has taken <b>I-{ $number }</b> yet ({ $age }) · { $post }
sos-call = Reported by: { $who }
