# Enrolling, inviting, groups, help, one's own affairs.
stranger =
    Welcome to Posko. This bot is for officers on assignment.
    You are not enrolled yet: ask your coordinator or admin for an invitation link, then open it.
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
invite-shared = 👥 For a shared phone: each of its reports asks in whose name it is.
invite-unknown = This invitation link is not known. Check that it is complete, or ask your coordinator for a new one.
invite-expired = This invitation has expired. Ask your coordinator for a new one.
invite-used = This invitation has been used. Ask your coordinator for a new one.
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

group-hello = Posko is ready in this group. An admin links it with: <code>/link REGION</code>, for example <code>/link Lubuklinggau</code>
link-example =
    Name the region, and the purposes if need be:
    <code>/link Lubuklinggau</code>
    <code>/link 16.74 disaster logistics</code>
linked = ✅ This group is linked to <b>{ $region }</b> for { $purposes }.
unlinked = This group is no longer linked. No cards and summaries come here.
not-linked = This group is not linked yet. Admin: <code>/link REGION</code>
region-unknown = There is no region “{ $text }”. Type its name or code, for example 16.73.
region-unknown-near = There is no region “{ $text }”. Did you mean { $near }?
region-ambiguous = “{ $text }” fits several regions: { $options }. Type the code.

my-title = <b>{ $name }</b>
my-phase = { $days } · { $phase }
my-post = 📍 { $name } <code>#{ $code }</code>
my-more-posts = … and { $count } more
my-next = Next due: { $label }, { $time }
my-role = 🗂 { $role }: { $place }
my-reports = <b>Last reports</b>
my-report = { $number } · { $title } · { $post } · { $time } · { $state }
my-unassigned = 📍 You hold no post at present. A coordinator assigns you by an invitation, or a colleague hands a post over.
my-no-reports = No reports yet. Start with /status
my-incidents = <b>Your open incidents</b>
my-incident = { $symbol } I-{ $number } · { $title } · { $post } · { $state }
my-incident-owner = { $symbol } I-{ $number } · { $title } · { $post } · { $state } by { $owner }
my-incident-merged = { $symbol } I-{ $own } → I-{ $number } · { $title } · { $post } · { $state }
my-incident-merged-owner = { $symbol } I-{ $own } → I-{ $number } · { $title } · { $post } · { $state } by { $owner }
my-draft = ✏️ Draft { $title } since { $time }
my-draft-post = ✏️ Draft { $title } for { $post } since { $time }
my-draft-words = ✏️ A message of { $time } that is no report yet
due-reported = ✅ { $title }: reported
due-until = ⏳ { $title }: due until { $clock }
due-missed = ❗ { $title }: not reported, closed { $clock }
due-none = nothing due now

language-which = Choose a language:
language-set = English is used.

help-title = <b>What you can do:</b>
help-line = { $command } — { $title }
help-more = Details and examples: <code>/help status</code>
help-unknown = { $command } is not a command for you. All commands: /help
help-form =
    <b>{ $title }</b>
    <code>{ $example }</code>
    The words may come in any order; the rest becomes the note. Several posts? Add #code.
help-field = • { $label } (<code>{ $key }</code>) { $required } { $words }
menu-my = My posts, windows and reports
menu-language = Language / bahasa
menu-help = Help
menu-cancel = Drop the draft
menu-summary = Summary of a region
menu-notice = Send a notice
menu-invite = Invite people
menu-link = Link this group to a region
menu-unlink = Unlink this group
menu-start = Start
help-my = { $command } shows your posts, what is due, last reports, open incidents and drafts.
help-language = { $command } id or { $command } en changes the language; in a group, the group's.
help-help = { $command } shows all your commands; <code>{ $command } status</code> the details of one.
help-cancel = { $command } drops the report you are filling in.
help-summary = { $command } shows the summary of your territory; <code>{ $command } Prabumulih</code> of another region.
help-notice =
    { $command } sends a notice. Name the audience, then the text:
    <code>{ $command } role:officer agency:lapas Roll call at 06:00</code>
    Audience: role: agency: region: post: — a comma means “or”.
help-invite =
    { $command } makes an invitation link:
    <code>{ $command } officer LAPAS-1673</code>
    <code>{ $command } coordinator Lubuklinggau polri uses=2 days=3</code>
help-link =
    { $command } links this group:
    <code>{ $command } Lubuklinggau</code>
    <code>{ $command } 16.74 disaster logistics</code>
help-unlink = { $command } stops cards and summaries in this group.
help-start = { $command } opens an invitation.
