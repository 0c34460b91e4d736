# What is due: reminders, nihil, drafts whose time has passed.
due-soon =
    ⏰ <b>{ $label }</b>: report due by { $clock }.
    No report yet from:
due-post = 📍 { $name } <code>#{ $code }</code>
due-post-draft = ✏️ { $name } <code>#{ $code }</code> — your draft is waiting
due-how-nil = All safe? One tap is enough.
due-how-nil-all = All safe? One tap is enough for all the posts above.
due-how-fill = Fill in the report with the button below.
button-nil = Send nil / safe
button-nil-all = Send all safe
button-fill = Fill in the report
button-fill-form = Fill in { $title }
button-go-on = Continue
button-go-on-form = Continue { $title }
button-correct-again = Correct again
nil-which =
    Nil for which post? Not reported yet: { $count }.
    Tap them one by one, or all at once.
nil-filed-all =
    ✅ <b>Nil recorded for { $count } posts.</b> { $clock }
nil-filed-line = { $number } · { $post } · { $label }
nil-filed-late = { $number } · { $post } · { $label } · ⏰ late
nil-rest = Still awaited: { $count } posts for { $label }.
nil-already =
    ✅ { $post } has reported for { $label }: { $number } · { $time }. No need to send it again.
    Something new? Send /status
nil-all-already =
    ✅ All your posts have reported. No need to send it again.
    Something new? Send /status
nil-none-now =
    Nothing is due now. Next: { $label }, { $time }.
    Something to report? Send /status
nil-none-planned =
    No report is planned for your posts.
    Something to report? Send /status
nil-not-yours = “#{ $token }” is not your post. Your posts and their codes: /my
nil-window-over = ⏰ What that button was for has closed, so the tap sent nothing. Nil for the present time: /nil
tap-nil-window-over = What this button was for has closed. Nothing was sent.
tap-nil-filed = Recorded: nil.
tap-nil-already = Already reported for this time.
draft-expired =
    🗑 The draft <b>{ $title }</b>, begun { $time }, has expired and was deleted. Nothing was sent.
    Still to be reported? Begin again with how things are now.
draft-expired-here = 🗑 Expired, <b>not sent</b>.
draft-expired-post =
    🗑 The draft <b>{ $title }</b> for { $post }, begun { $time }, has expired and was deleted. Nothing was sent.
    Still to be reported? Begin again with how things are now.
draft-expired-words =
    🗑 Your message of { $time } never became a report: <i>{ $text }</i>
    Still to be reported? Begin again with how things are now.
draft-expired-correction =
    🗑 The correction begun { $time } was not finished and was deleted. The report stays as it was.
reminder-quiet =
    ⚖️ <b>Quiet days, H-{ $days }</b>
    Until { $event }, { $date }: no campaigning of any kind. Civil servants, army, police, prison staff and organisers stay neutral, on social media and in family groups too.
    Seen a breach? Report it: <code>/incident neutrality medium …</code> Your name is kept confidential.
reminder-letters =
    ✉️ <b>Voters' notices (C.Pemberitahuan)</b>
    { $days ->
        [3] Today (H-3) is the last day: every voter has been handed the notice in person.
       *[other] { $days } days left until { $event }. Every voter is handed the notice in person, by H-3 at the latest.
    }
    Some not delivered? Report it: /status
reminder-logistics =
    📦 <b>Polling station logistics</b>
    { $days ->
        [1] Today (H-1) the logistics must be complete at every station, escorted and sealed.
       *[other] Tomorrow (H-1) the logistics must be complete at every station, escorted and sealed.
    }
    Something short, damaged or late? Report it now: /status
reminder-flood =
    🌧 <b>Ready for floods and landslides</b>
    Rainy season: check the water level, the ways to the stations, shelters, boats and generators. Keep the logistics dry and high.
    Water rising or ground moving? Report at once: <code>/incident flood …</code> or <code>/incident landslide …</code>
menu-nil = Nil: nothing to report
help-nil =
    { $command } reports nil (all safe) for the present window. Several posts? Choose by button, or name the code: <code>{ $command } #901</code>
due-reported = ✅ { $title }: reported
due-until = ⏳ { $title }: due until { $clock }
due-missed = ❗ { $title }: not reported, closed { $clock }
due-none = nothing due now
reminder-countdown = { $days ->
    [0] 🗳 <b>Today: { $event }, { $date }.</b> Keep it safe, serve the voters, stay neutral. Report every development: /status
    [1] 🗳 <b>D-1: { $event } is tomorrow, { $date }.</b> Check post, supplies and staff today. Report: /status
   *[other] 🗳 <b>D-{ $days }: { $days } days to { $event }, { $date }.</b> Make sure that post and staff are ready. Report the situation: /status
}
reminder-neutrality =
    ⚖️ <b>Neutrality reminder</b>
    Civil servants, army, police, prison staff and election bodies must stay neutral before { $event }, { $date }: no campaigning, no sign of support, no liking or sharing of candidates' posts, no state facilities for a candidate.
    Seen a breach? Report it: <code>/incident neutrality medium …</code> Your name is kept confidential.
