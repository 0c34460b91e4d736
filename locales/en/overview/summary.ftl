# The summary.
menu-summary = Summary of a region
help-summary = { $command } shows the summary of your territory; <code>{ $command } Prabumulih</code> of another region.
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
