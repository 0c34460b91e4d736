# Incidents: the card, and what people hear of each step.
card-title = { $symbol } <b>I-{ $number } · { $title } · { $severity }</b>
card-place = 📍 { $post } — { $path }
card-times = 🕗 Happened { $occurred } · sent { $sent } · stored { $stored }
card-map = 🗺 <a href="https://maps.google.com/?q={ $lat },{ $lon }">Open the map</a>
card-phone = the phone's location{ $facts }
card-distance = { $distance } from the post
card-fix-age = { $age } before the report
card-answer = { $label }: { $value }
card-note = <blockquote>{ $note }</blockquote>
card-reporter = 👤 Reported by { $name } ({ $agency })
card-behalf = 👤 On behalf of { $behalf } (written down by { $name }, { $agency })
card-media = { $count ->
    [one] 📎 1 file
   *[other] 📎 { $count } files
}
card-corrected = ✏️ Corrected { $clock } · version { $version }: { $reason }
card-moved = ↪️ I-{ $number } has moved to another group.
card-confidential = 🔒 Reporter kept confidential
incident-coordinators-only = Cards are for coordinators. Your own reports and what became of them: /my
incident-unknown = There is no I-{ $number } in your territory.
incident-not-here = I-{ $number } is not in this group. If it is in your region, open it in the private chat: /incident I-{ $number }
incident-how = The list of incidents: /incident list · a card: <code>/incident I-4</code> · to report for a post: <code>/incident #CODE flood high</code>, then what happened.
incident-how-group = In this group, the list of incidents: /incident · a card: <code>/incident I-4</code>. To report: in the private chat with @{ $bot }.
card-state-new = { $symbol } <b>Waiting to be accepted</b>
card-state-acknowledged = { $symbol } Accepted by { $owner } · { $clock }
card-state-in-progress = { $symbol } { $owner } is working on it
card-state-referred = { $symbol } <b>Referred to { $to }, waiting to be accepted</b> · by { $owner }
card-state-resolved = { $symbol } Resolved · { $clock } · handled by { $owner }
card-state-closed = { $symbol } Closed · { $clock } · handled by { $owner }
card-state-duplicate = { $symbol } Merged with <b>I-{ $number }</b> · { $clock }
card-state-rejected = { $symbol } <b>REJECTED or WITHDRAWN</b> · { $clock }
card-call = { $reporter } · { $phone }
card-age = ⏳ More than { $age } old
card-due-take = ⏰ To be accepted by { $clock }
card-due-news = ⏰ Next news by { $clock }
card-overdue = ⏰ <b>Overdue since { $clock }</b>
card-overdue-again = ⏰ <b>Overdue</b> · reminded again { $clock }
card-witnesses = 👥 Other witnesses: { $names }
card-twin = 🧩 Maybe the same as I-{ $number } · { $post } · { $clock }
card-refused = { $symbol } <b>REJECTED</b> · { $clock }
card-withdrawn = { $symbol } <b>WITHDRAWN by the reporter</b> · { $clock }
button-files = Show files
button-merge-into = Merge into I-{ $number }
card-below = ↪️ <b>I-{ $number }</b> · its card is further down now
card-below-link = ↪️ <b>I-{ $number }</b> · <a href="{ $link }">its card is further down now</a>
tap-files-sent = Files of I-{ $number } sent to your private chat: { $count }.
tap-files-none = I-{ $number } has no files.
tap-files-not-yours = The files are for those who handle this incident.
file-caption = 📎 I-{ $number } · { $place }/{ $total }
file-from = { $head } · { $clock } · { $name }
file-witness = { $head } · witness I-{ $number }
file-lost = { $head } · Telegram does not give this file any more ({ $kind }).
button-files-next = Show the next files
files-next = 📎 I-{ $number } · further files: { $count }.
file-telling = { $head } · 🔒 not sent: the file is called after the reporter.
file-kind-photo = photo
file-kind-document = document
file-kind-video = video
file-kind-voice = voice message
file-kind-audio = audio
file-kind-animation = animation
file-kind-video_note = round video
