# Groups: their purposes, linking them, and incidents that none of them hears of.
purpose-coordination = coordination
purpose-security = security
purpose-neutrality = neutrality
purpose-disaster = disaster
purpose-logistics = logistics
purpose-legal = legal
purpose-corrections = corrections
purpose-all = everything
alert-no-group = ⚠️ <b>I-{ $number }</b> in { $region } reached no group at all. Link a group with /link, and act now: /incident I-{ $number }
tap-not-linked = This group is no longer linked. An admin can link it with /link REGION.
group-hello = Posko is ready in this group. An admin links it with: <code>/link REGION</code>, for example <code>/link Lubuklinggau</code>
link-example =
    Name the region, and the purposes if need be:
    <code>/link Lubuklinggau</code>
    <code>/link 16.74 disaster logistics</code>
linked = ✅ This group is linked to <b>{ $region }</b> for { $purposes }.
unlinked = This group is no longer linked. No cards and summaries come here.
not-linked = This group is not linked yet. Admin: <code>/link REGION</code>
link-not-yours = This group is linked to { $region }. Only an admin of that region can change it; ask an admin there, or above.
alert-linked = 🔗 { $name } linked the group “{ $title }” to <b>{ $region }</b> for { $purposes }.
alert-linked-once = That group was linked to { $old } before.
alert-linked-beside = Other topics of the same group are linked to { $regions }; those links have not changed.
alert-link-changed = 🔗 { $name } changed the group “{ $title }”: it was { $old } for { $before }, now it is <b>{ $region }</b> for { $purposes }.
alert-unlinked = 🔗 { $name } unlinked the group “{ $title }” from <b>{ $region }</b> ({ $purposes }).
link-lost = ⚠️ There is no group of <b>{ $region }</b> for { $purposes } now.
link-lost-above = News of that goes to { $groups } now.
link-lost-nowhere = No group above gets it either.
link-lost-nowhere-for = For { $purposes } no group above gets it either.
link-lost-do = Link another group: <code>/link { $code }</code>. Open incidents: /incident list
menu-link = Link this group to a region
menu-unlink = Unlink this group
help-link =
    { $command } links this group:
    <code>{ $command } Lubuklinggau</code>
    <code>{ $command } 16.74 disaster logistics</code>
help-unlink = { $command } stops cards and summaries in this group.
