# Broadcasts.
menu-notice = Send a notice
help-notice =
    { $command } sends a notice. Name the audience, then the text:
    <code>{ $command } role:officer agency:lapas Roll call at 06:00</code>
    Audience: role: agency: region: post: — a comma means “or”.
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
