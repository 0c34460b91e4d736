# The list of open incidents.
list-count = { $count ->
    [0] 📋 <b>No incident fits</b>
    [one] 📋 <b>1 open incident</b>
   *[other] 📋 <b>{ $count } open incidents</b>
}
list-filter = { $name }
list-page = page { $page }/{ $pages }
list-place = 📍 { $place } · as of { $clock }
list-event = { $symbol } <b>I-{ $number }</b> { $title } · { $post }
list-entry = { $severity } · { $state } { $owner } · { $age }
list-entry-late = { $severity } · { $state } { $owner } · { $age } · ⏰ <b>overdue</b>
list-waiting = waiting
list-empty = ✅ No incident is open.
list-empty-here = ✅ No incident is open for this group's purposes.
list-others = ➕ { $count } more in this region, not for this group's purposes.
list-mine = Show mine
list-unowned = Show waiting ({ $count })
list-overdue = Show overdue ({ $count })
list-categories = Choose category…
list-regions = Choose region…
list-all = Show all ({ $count })
list-refresh = Refresh
list-is-mine = owner { $name }
list-is-unowned = waiting to be accepted
list-is-overdue = overdue
list-no-category = 📣 Situation/alarm
list-region-alone = { $name } itself
list-choose-category = Incidents of which category? The number tells how many are open.
list-choose-region = Incidents of which region? The number tells how many are open.
list-coordinators-only = The list of incidents is for coordinators. Your own reports and what became of them: /my
list-coordinators-group = The list of incidents is for coordinators. To report, or to see your own reports, open the private chat with @{ $bot }: /incident, /my.
tap-card-below = The card of I-{ $number } is below.
