# Words that stand in many places.
or = or
yes = yes
no = no
required = required
everywhere = the whole territory
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
post-kind-tps = polling stations
post-kind-lapas = prisons
post-kind-posko = posts
post-kind-gudang = warehouses
post-kind-kantor = offices
purpose-coordination = coordination
purpose-security = security
purpose-neutrality = neutrality
purpose-disaster = disaster
purpose-logistics = logistics
purpose-legal = legal
purpose-corrections = corrections
purpose-all = everything
severity-low = low
severity-medium = medium
severity-high = high
severity-critical = critical
level-ok = safe
level-watch = alert
level-bad = disturbance
level-worst = emergency
state-new = not yet accepted
state-acknowledged = accepted
state-in-progress = being worked on
state-referred = referred, waiting to be accepted
state-resolved = resolved
state-closed = closed
state-duplicate = merged
state-rejected = rejected or withdrawn
state-stored = stored
attribute-voters = voters of that post
age-minutes = { $count } min
age-hours = { $count } h
age-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }

button-agree = Agree
button-cancel = Cancel
button-send = Send
button-send-without = Send without this part
button-back = Go back
button-yes = Yes
button-no = No
button-done = Continue
button-leave-empty = Leave empty
button-insist = Yes, { $value }
button-now = Now, { $clock }
button-other-post = Change post
button-all-posts = Fill all posts ({ $count })
button-go-on-from = Continue from { $clock }
button-anew = Begin anew
button-correct = Correct
button-pass-up = Show text to pass up
button-kept-form = { $title }
button-kept-add = Add to { $number }
button-kept-nothing = No report
button-other-choice = Show other choices

tap-too-old = This button is no longer valid. Send /help to start again.
tap-stranger = You are not enrolled yet. Ask your coordinator for an invitation link.
tap-unassigned = You hold no post at present. Ask a coordinator to assign you. Your earlier reports: /my
unassigned =
    📍 You hold no post at present, so nothing was sent.
    A coordinator assigns you by an invitation, or a colleague hands their post over to you.
    Your earlier reports: /my · In an emergency: /sos
tap-draft-gone = This draft is gone: it was sent, replaced, cancelled, or has expired. See /my.
tap-draft-expired = This draft has expired and was NOT sent. Begin again with how things are now.
tap-post-gone = The post of this draft is no longer yours.
tap-not-your-post = You are not assigned to that post.
tap-not-your-region = This incident is outside your territory.
not-allowed = { $command } is not for your role. What you can use: /help
not-your-region = That region is outside your territory.
only-private = Send { $command } in the private chat with @{ $bot }.
only-group = { $command } works inside a group. Add the bot to the group and send it there.
anonymous = You are writing as an anonymous admin, so the bot cannot know who you are. Turn off “Remain anonymous” or write under your own name.
set-aside = Sorry, your message could not be processed. The admins have been told. Give the number <b>{ $reference }</b> when you ask, and send your report again.
alert-set-aside = ⚠️ A message could not be processed and was set aside. Number: <b>{ $reference }</b>. The log has the details.
alert-unparsable = ⚠️ An update from Telegram cannot be read and was set aside. Number: <b>{ $reference }</b>. Everything else goes on.
alert-conflict = ⚠️ Another program uses the same bot token. Stop one of the two.
alert-token-refused = ⚠️ Telegram refused the bot's token for a while. Check the token with @BotFather.
alert-no-group = ⚠️ <b>I-{ $number }</b> in { $region } reached no group at all. Link a group with /link, and act now: /incident I-{ $number }
alert-group-gone = ⚠️ The bot was removed from the group “{ $title }” ({ $region }). It gets no cards and summaries any more.
alert-card-lost = ⚠️ The card of <b>I-{ $number }</b> did not reach the group “{ $title }”. Telegram says: { $reason }. Act now: /incident I-{ $number }. Check the bot's rights and the topic in that group, then link it anew with /link.
alert-card-doubt = ⚠️ The card of <b>I-{ $number }</b> may not have reached the group “{ $title }”: { $reason }. Make sure that they know: /incident I-{ $number }. If the card is not there, link the group anew with /link.
receipt-nobody = ⚠️ Neither a group nor an admin can be reached. Call your coordinator by phone.
