# Roles, agencies, enrolling, invitations, and who is meant.
role-officer = officer
role-coordinator = coordinator
role-admin = admin
agency-polri = Police
agency-tni = Army
agency-asn = Civil service
agency-lapas = Prison service
agency-kejaksaan = Prosecutor
agency-kpu = KPU
agency-bawaslu = Bawaslu
agency-linmas = Linmas
agency-bpbd = BPBD
agency-other = other agency
button-agree = Agree
tap-stranger = You are not enrolled yet. Ask your coordinator for an invitation link.
tap-put-out = You are not enrolled any more. Ask your coordinator for a new invitation.
tap-unassigned = You hold no post at present. Ask a coordinator to assign you. Your earlier reports: /my
unassigned =
    📍 You hold no post at present, so nothing was sent.
    A coordinator assigns you by an invitation, or a colleague hands their post over to you.
    Your earlier reports: /my · In an emergency: /sos
stranger =
    Welcome to Posko. This bot is for officers on assignment.
    You are not enrolled yet: ask your coordinator or admin for an invitation link, then open it.
put-out =
    You are not enrolled any more, so this message was not sent to anybody.
    If you are on duty again, ask your coordinator or admin for a new invitation.
    In an emergency: /sos
consent =
    <b>Invitation as { $role }</b>
    { $place }
    For: { $event }, { $date }

    <b>What is kept:</b> the name and number of your Telegram account, your language, your assignment, and the reports you send with their times.
    <b>What for:</b> coordinating safety and service around the election. Coordinators of your territory see your reports.
    <b>Neutrality:</b> civil servants, army, police and election bodies must stay neutral. Never send preferences or candidates' votes.

    Tap Agree to accept this duty.
invite-further =
    <b>A further assignment as { $role }</b>
    { $place }

    Tap Agree to accept it.
consent-shared = 👥 <b>Shared phone:</b> every report from this phone asks in whose name it is.
consent-given = ✅ You are enrolled: { $place }
welcome-officer =
    One line files a report:
    <code>/status safe personnel=18/20</code>
    <code>/incident flood high water enters the warehouse</code>
    Your windows and reports: /my · Help: /help
welcome-coordinator =
    See your territory: /summary
    Invite officers: /invite · Help: /help
welcome-admin =
    Invite people: /invite · Send a notice: /notice
    In a group: /link · Help: /help
welcome-back = Welcome back, { $name }. See /my or /help.
already-enrolled = You are enrolled already: { $place }. See /my.
tap-enrolled = Thank you, you are enrolled.
tap-enrolled-already = You are enrolled already.
tap-invite-again = Please open your invitation link again, read the explanation, and press the button below it.
invite-example =
    Examples:
    <code>/invite officer LAPAS-1673</code>
    <code>/invite coordinator Lubuklinggau polri</code>
    <code>/invite officer LAPAS-1673 lapas uses=20 days=3</code>
    <code>/invite officer LAPAS-1673 lapas shared</code> (a desk phone that several people use)
invite-made =
    <b>Invitation as { $role }</b>
    { $place }{ $agency }
    { $link }
    { $uses ->
        [one] Valid for one person
       *[other] Valid for { $uses } people
    } until { $until }. Forward this link, or show the picture.
invite-many = Whoever gets this link can use it, so it is valid for a short time. Another time: <code>days=1</code> to <code>days={ $most }</code>. Once enough people have come, withdraw it: /invites
invite-shared = 👥 For a shared phone: each of its reports asks in whose name it is.
invite-unknown = This invitation link is not known. Check that it is complete, or ask your coordinator for a new one.
invite-expired = This invitation has expired. Ask your coordinator for a new one.
invite-used = This invitation has been used or withdrawn. Ask your coordinator for a new one.
invite-removed = Your assignment was ended after this invitation was made, so it is not valid for you. Ask a coordinator or an admin for a new one.
invite-officers-only = Coordinators invite officers only. For other roles, ask an admin.
invite-no-role = Name the role first: officer, coordinator or admin. Example: /invite officer LAPAS-1673
invite-unknown-role = There is no role “{ $word }”. Choose officer, coordinator or admin.
invite-no-place = Name the place after the role: a post for an officer, a region for a coordinator.
invite-unknown-post = There is no post “{ $text }”. Type a post's code or its end, for example LAPAS-1673.
invite-unknown-region = There is no region “{ $text }”. Type its name or code.
invite-unknown-region-near = There is no region “{ $text }”. Did you mean { $near }?
invite-many-places = “{ $text }” fits { $count } places: { $options }. Give the code.
invite-needs-post = An officer reports for a post, but { $place } is a region. Give the post's code.
invite-needs-region = { $place } is a post. For this role name a region.
invite-unknown-option = “{ $word }” is not known. There are uses=…, days=…, agency=…
invite-unknown-agency = There is no agency “{ $word }”. There are: { $known }.
invite-unknown-agency-near = There is no agency “{ $word }”. There are: { $known }. Did you mean { $near }?
invite-bad-uses = uses={ $value } cannot be: write { $min } to { $max }.
invite-bad-days = days={ $value } cannot be: write { $min } to { $max }.
people-page = Page { $page } of { $pages }
invites-title = ✉️ <b>Open invitations</b> ({ $count })
invites-none = No invitation is open. To make one: /invite
invites-line = { $number }. { $role } · { $place }{ $agency }: for { $uses ->
        [one] one more person
       *[other] { $uses } more people
    }, until { $until }. Made by { $maker }.
button-withdraw-invite = Withdraw number { $number }
tap-invite-withdrawn = The invitation as { $role } is withdrawn. Its link cannot be used any more.
tap-invite-over = This invitation is not valid any more.
menu-invites = Open invitations
help-invites = { $command } lists the invitations in your territory that can still be used, with a button that withdraws each.
menu-invite = Invite people
menu-start = Start
help-invite =
    { $command } makes an invitation link:
    <code>{ $command } officer LAPAS-1673</code>
    <code>{ $command } coordinator Lubuklinggau polri uses=2 days=3</code>
help-start = { $command } opens an invitation.
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
