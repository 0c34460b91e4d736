# Summaries, reminders, notices.
summary-title =
    📊 <b>{ $region }</b>
    { $time }
summary-window-open = Window { $label }: { $opens }–{ $closes }, still open
summary-window-closed = Window { $label }: { $opens }–{ $closes }, closed
summary-window-day = Today (no window)
summary-reported = <b>{ $reported } of { $expected } reported</b> ({ $share }%)
summary-none-due = No post is due to report.
summary-part = { $bar } { $reported }/{ $expected } { $name }{ $wrong }
summary-levels = { $words }
summary-no-incidents = Open incidents: none
summary-incidents = <b>Open incidents: { $count }</b>{ $note }
summary-unowned = { $count } waiting
summary-overdue = { $count } overdue
summary-incident = { $symbol } { $severity }: { $count }, oldest { $age }
streak-days = 🕊 Zero conflict: { $days } days
streak-since = 🕊 Zero conflict: { $days ->
    [one] 1 day
   *[other] { $days } days
}, since the bot was installed
streak-since-today = 🕊 Zero conflict since the bot was installed today
streak-today = 🕊 Last conflict: today { $clock }
streak-yesterday = 🕊 Last conflict: yesterday { $clock }
summary-all-reported = Every post has reported.
summary-silent = <b>Silent: { $count }</b>
summary-silent-here = • { $name }
summary-silent-post = • { $name } — { $place }
summary-silent-more = … and { $count } more
summary-unmanned = ⚠️ Posts without an officer: { $count }
summary-total = { $label }: <b>{ $value }</b>
summary-form = 📋 <b>{ $title }</b>: posts: { $count }
summary-form-count = { $label }: { $words }
summary-form-figures = { $words }
days-before = 🗓 <b>D-{ $days }</b> · { $days ->
    [one] { $days } day
   *[other] { $days } days
} to { $event }, { $date }
days-today = 🗓 <b>Today</b> · { $event }, { $date }
days-after = 🗓 D+{ $days } · { $event }, { $date }

reminder-countdown = { $days ->
    [0] 🗳 <b>Today: { $event }, { $date }.</b> Keep it safe, serve the voters, stay neutral. Report every development: /status
    [1] 🗳 <b>D-1: { $event } is tomorrow, { $date }.</b> Check post, supplies and staff today. Report: /status
   *[other] 🗳 <b>D-{ $days }: { $days } days to { $event }, { $date }.</b> Make sure that post and staff are ready. Report the situation: /status
}
reminder-neutrality =
    ⚖️ <b>Neutrality reminder</b>
    Civil servants, army, police, prison staff and election bodies must stay neutral before { $event }, { $date }: no campaigning, no sign of support, no liking or sharing of candidates' posts, no state facilities for a candidate.
    Seen a breach? Report it: <code>/incident neutrality medium …</code> Your name is kept confidential.

notice =
    📢 <b>Notice</b>
    { $text }

    — { $author }
notice-example =
    Write the audience, then the text:
    <code>/notice role:officer agency:lapas Roll call at 06:00</code>
    Without an audience, the bot asks for it.
notice-too-long = The notice has { $length } characters; at most { $limit }. Please shorten it.
notice-nobody = Nobody fits the audience “{ $audience }”. Check it.
notice-for-whom = Who is this notice for?
notice-preview =
    <b>Audience:</b> { $audience }
    <b>People: { $count }</b>, about { $minutes } min.

    { $text }

    Send it now?
notice-on-its-way = On its way.
notice-sending = 📤 Being sent. People: { $count }. The result follows.
notice-cancelled = The notice was dropped. Nothing was sent.
notice-already-sending = This notice is being sent.
notice-already-done = This notice has been sent.
notice-already-cancelled = This notice was dropped.
notice-result = 📬 <b>Notice done:</b> reached { $sent } of { $total }, { $seconds } s.
notice-reason = • Failed, { $reason }: { $count }
notice-doubt = • In doubt ({ $count }): { $names }
reason-blocked = blocked the bot
reason-deactivated = account deleted
reason-never-started = never opened the bot
reason-not-found = account not found
reason-other = refused by Telegram
audience-all = Everybody
audience-officer = Officers
audience-coordinator = Coordinators
audience-tps = Polling stations
audience-lapas = Prisons
audience-unknown-key-near = “{ $word }:” is not known. Did you mean { $near }: ?
audience-unknown-role = There is no role “{ $word }”. There are: { $known }.
audience-unknown-role-near = There is no role “{ $word }”. Did you mean { $near }?
audience-unknown-agency = There is no agency “{ $word }”. There are: { $known }.
audience-unknown-agency-near = There is no agency “{ $word }”. Did you mean { $near }?
audience-unknown-post = There is no kind of post “{ $word }”. There are: { $known }.
audience-unknown-post-near = There is no kind of post “{ $word }”. Did you mean { $near }?
audience-unknown-region = There is no region “{ $word }”. A name of two words needs quotes, or type the code: region:"Lubuk Linggau" or region:16.73
audience-unknown-region-near = There is no region “{ $word }”. Did you mean { $near }? A name of two words needs quotes, or type the code: region:"Lubuk Linggau" or region:16.73
audience-many-regions = “{ $word }” fits { $count } regions: { $options }. Type the code.
