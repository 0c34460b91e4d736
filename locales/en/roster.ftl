# Handing posts over.
button-hand-over = Hand over
button-hand-over-all = Hand over all posts
button-refuse = Refuse
button-take-back = Withdraw
handover-example = To see who held a post when: <code>/handover #LAPAS-1673</code> or its name. An officer hands over with /handover
handover-which = Which post do you hand over?
handover-to-whom =
    <b>Handover: { $post }</b>
    Who takes over?
handover-nobody = No colleague has held { $post } yet. Ask a coordinator to invite yours first, with: <code>/invite officer { $code }</code>
handover-not-yours = «{ $word }» is not your post. Send /handover alone to choose.
handover-sure = Hand over to <b>{ $name }</b>?
handover-none = Nothing was handed over. The post remains yours.
handover-post = 📍 { $name } <code>#{ $code }</code>
handover-due = ⏰ { $title } is due until { $clock }
handover-open = 🔔 Open incidents ({ $count }): { $numbers }
handover-receiver-offered = 🔁 <b>Handover from { $name }</b>. Take it before { $time }:
handover-giver-offered = ⏳ Waiting for <b>{ $name }</b> to take over, until { $time }. Until then the post is yours:
handover-receiver-taken = ✅ <b>You took over from { $name }</b> · { $time }. What is due and open: /my
handover-giver-taken = ✅ <b>Taken over by { $name }</b> · { $time }:
handover-receiver-refused = You refused the handover from { $name } · { $time }:
handover-giver-refused = ❌ { $name } refused · { $time }. The post remains yours:
handover-receiver-dropped = The handover from { $name } is no longer valid · { $time }:
handover-giver-dropped = The handover to { $name } is no longer valid · { $time }. Begin again if needed: /handover
handover-done = ✅ <b>{ $posts }</b> taken over by { $name } · { $clock }. Your duty there is done; thank you.
handover-done-drafts = ✅ <b>{ $posts }</b> taken over by { $name } · { $clock }. Your duty there is done; { $drafts } drafts of yours for it were deleted. Thank you.
handover-not-taken = ❌ { $name } refused to take over <b>{ $posts }</b> · { $clock }. The post remains yours: /handover
handover-lapsed = The handover of <b>{ $posts }</b> to { $name } is no longer valid · { $clock }. Begin again if needed: /handover
handover-undelivered = ⚠️ The handover did not reach { $name }: the bot cannot write to them. Call them, let them open the bot, then begin again: /handover
handover-unknown-post = There is no post «{ $word }» in your territory. Type its code or name.
handover-many-posts = «{ $word }» fits several posts: { $codes }. Type the code.
handover-history = 🗂 <b>{ $name }</b> <code>#{ $code }</code> — who held it:
handover-holds = • { $name }: since { $since }
handover-held = • { $name }: { $since } – { $until }
handover-never-held = Never had an officer. Invite one: <code>/invite officer { $code }</code>
tap-handover-unreachable = The bot cannot reach { $name }. Ask them to open this bot first, or choose another colleague.
tap-handover-waiting = Waiting for { $name } to take over.
tap-handover-offered = This handover has been offered already. See its message.
tap-handover-none = Nothing was handed over.
tap-handover-yours = This post is yours now.
tap-handover-taken = This handover has been taken.
tap-handover-refused = Handover refused.
tap-handover-dropped = This handover is no longer valid.
menu-handover = Hand a post over (shift change)
help-handover =
    { $command } hands your post to the next shift; it moves only when they tap Take.
    Coordinators: <code>{ $command } #LAPAS-1673</code> shows who held that post when.
# People: who serves where, and putting somebody out.
people-own = in your territory
people-title = 👥 <b>People { $where }</b>: { $count }
people-line = { $number }. <b>{ $name }</b>{ $agency }
people-holds = 📍 { $place }, since { $since }
people-unreached = 🚫 Out of the bot's reach since { $since }
people-unseen = 🚫 Has never opened the bot
people-nobody = There is no “{ $text }” in your territory. Type a part of a name, a post's code or a region; alone, /people lists everybody.
people-nobody-near = There is no “{ $text }” in your territory. Perhaps you mean: { $near }?
people-elsewhere = “{ $text }” is outside your territory.
person-title = 👤 <b>{ $name }</b>{ $agency }
person-elsewhere = They also serve outside your territory.
button-people = Go back to the list
button-remove = Remove…
remove-sure = Remove <b>{ $name }</b> from this duty?
remove-then = At once: they can neither report nor act from there any more, and older invitations are not valid for them. They are told politely. Choose the reason:
button-remove-done = Remove: duty is done
button-remove-moved = Remove: other duty
button-remove-mistake = Remove: by mistake
button-remove-unsaid = Remove without reason
why-done = the duty is done
why-moved = another duty
why-mistake = invited by mistake
remove-bar-self = You cannot remove yourself. Ask another admin.
remove-bar-settings = { $name } is an admin by the program's settings (POSKO_ADMINS). Take their number out there, then restart the program.
remove-bar-above = { $name } is an admin above your territory. Only an admin of that level can remove them.
remove-bar-nothing = { $name } does not serve in your territory any more.
tap-not-your-person = This person does not serve in your territory, or was removed. See /people.
tap-removed = { $name } was removed.
removed-done = ✅ <b>{ $name }</b> was removed · { $clock }. What ended:
removed-place = • { $place }
removed-why = Reason: { $why }.
removed-left = What { $name } holds outside your territory stays.
removed-incidents = 🔔 Incidents left behind, which wait to be taken again: { $numbers }. Their groups have been told.
removed-withdrawn = ✂️ { $count ->
        [one] One invitation
       *[other] { $count } invitations
    } of their making withdrawn.
removed-invites = ✉️ { $count ->
        [one] One invitation is
       *[other] { $count } invitations are
    } still open for the same place. If a link could be misused, withdraw it: /invites
removed-empty = 📍 { $post } has no officer now. Invite another: <code>/invite officer { $code }</code>
removed-groups = If they are in a Telegram group, remove them there too; the bot does not.
removed-told = { $name } ended your duty · { $clock }:
removed-told-left = What else you hold stays: { $places }.
removed-told-all = Thank you for your service. If this is a mistake, contact { $name } and ask for a new invitation.
removed-told-drafts = 📝 { $count ->
        [one] One report of yours was not sent and will not be.
       *[other] { $count } reports of yours were not sent and will not be.
    } If what they say matters, tell your coordinator directly.
alert-removed = 👥 { $name } removed <b>{ $person }</b>:
menu-people = People in your territory
help-people =
    { $command } lists who serves where, with buttons to see and to remove:
    <code>{ $command } Lubuklinggau</code>
    <code>{ $command } LAPAS-1673</code>
    <code>{ $command } budi</code>
