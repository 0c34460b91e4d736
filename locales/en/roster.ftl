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
