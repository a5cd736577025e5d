# frozen_string_literal: true

# A backend behind sessiongate.
gem 'rack', '~> 2.2'
require_relative 'middleware'

use WithIdentity

whoami = ->(env) { [200, { 'Content-Type' => 'application/json' }, [JSON.generate(env['identity'].to_h)]] }

# A line of JSON for each event: a caller's values cannot begin another line.
audit = lambda do |action, caller|
  $stdout.puts JSON.generate(action: action, provider: caller.provider, user: caller.user_id,
                             session: caller.session_id, organisation: caller.org_id, actor: caller.actor)
  $stdout.flush
end

# Optional: signed in or not.
map('/whoami') { run whoami }

map '/hello' do
  use RequireSession
  run whoami
end

map '/teams' do
  use RequireSession, 'org:teams:read'
  run lambda { |env|
    audit['teams.read', env['identity']]
    whoami[env]
  }
end
