# Answers: levels, severities, what is wrong with a typed one, what is doubtful.
severity-low = low
severity-medium = medium
severity-high = high
severity-critical = critical
level-ok = safe
level-watch = alert
level-bad = disturbance
level-worst = emergency
form-example =
    <b>{ $title }</b> · { $post }
    One line is enough, for example:
    <code>{ $example }</code>
example = In one line, for example: <code>{ $line }</code>
problem-typo = “{ $word }” is not known. Did you mean?
problem-choice = “{ $text }” is not a choice for { $label }. Choose:
problem-number = { $label }: “{ $text }” is not a number. Type just the number, for example { $example }.
problem-ratio = { $label }: “{ $text }” cannot be read. Type two numbers, for example { $example }.
problem-ratio-order = { $label }: { $first } is more than { $second }. Type it again, for example { $example }.
problem-yes-no = { $label }: “{ $text }” cannot be read. Type yes or no.
problem-time = { $label }: “{ $text }” is not a time. Type for example 08:10.
problem-location = { $label }: “{ $text }” is not a place. Share a location, or type latitude,longitude.
problem-empty = { $label } is still empty. Type the answer.
problem-not-typed = { $label } cannot be typed.
problem-too-small = { $label }: { $value } is too small, at least { $min }.
problem-too-big = { $label }: { $value } is too large, at most { $max }.
problem-text-too-short = { $label } is too short (letters: { $length }, at least { $min }).
problem-text-too-long = { $label } is too long (letters: { $length }, at most { $max }). Type a shorter one.
problem-too-few = { $label }: choose at least { $min }; chosen: { $count }.
problem-too-many = { $label }: choose at most { $max }; chosen: { $count }.
problem-not-for-post = { $label } is not asked of { $post_kind }.
problem-not-asked = { $label } is only given with certain answers to { $other }.
problem-post-twice = One report is for one post, but #{ $first } and #{ $second } were named. Choose one:
problem-left-over = “{ $text }” cannot be read in this report.
doubt-over-post = { $label }: <b>{ $value }</b> is more than the { $attribute } ({ $limit }).
doubt-over-field = { $label }: <b>{ $value }</b> is more than { $other } ({ $limit }).
doubt-unlikely-big = { $label }: <b>{ $value }</b> is unusual, mostly it is { $limit } at most.
doubt-unlikely-small = { $label }: <b>{ $value }</b> is unusual, mostly it is { $limit } at least.
doubt-suggestion = Did you mean { $likely } and not { $value }? Choose, or type the number again.
doubt-ask = If it really is { $value }, tap the button. If not, type the number again.
