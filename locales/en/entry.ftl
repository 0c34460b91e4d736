# Help, menus, and commands or buttons that nobody can follow here.
tap-too-old = This button is no longer valid. Send /help to start again.
not-allowed = { $command } is not for your role. What you can use: /help
only-private = Send { $command } in the private chat with @{ $bot }.
only-group = { $command } works inside a group. Add the bot to the group and send it there.
anonymous = You are writing as an anonymous admin, so the bot cannot know who you are. Turn off “Remain anonymous” or write under your own name.
help-title = <b>What you can do:</b>
help-line = { $command } — { $title }
help-more = Details and examples: <code>/help status</code>
help-unknown = { $command } is not a command for you. All commands: /help
help-form =
    <b>{ $title }</b>
    <code>{ $example }</code>
    The words may come in any order; the rest becomes the note. Several posts? Add #code.
help-field = • { $label } (<code>{ $key }</code>) { $required } { $words }
menu-help = Help
menu-cancel = Drop the draft
help-help = { $command } shows all your commands; <code>{ $command } status</code> the details of one.
help-cancel = { $command } drops the report you are filling in.
command-near = There is no { $command }. Did you mean { $near }?
command-unknown = There is no { $command }. All commands: /help
alert-preset-changed = 🗺 { $file } of the preset differs from the database: { $new } new, { $changed } changed, { $gone } not listed any more (still used). If that is meant, run on the server: <code>{ $command }</code>
alert-preset-broken = 🗺 { $file } of the preset has changed but cannot be read, so what was there stays in use. Mend the file on the server. The reason: <code>{ $reason }</code>
