# frozen_string_literal: true

require 'json'
require_relative 'identity'

# Gives every request its caller: env['identity'].
class WithIdentity
  def initialize(app)
    @app = app
  end

  def call(env)
    env['identity'] = Identity.of(env)
    @app.call(env)
  end
end

# Answers 401 without a session, and 403 without the permissions.
class RequireSession
  def initialize(app, *permissions)
    @app = app
    @permissions = permissions
  end

  def call(env)
    caller = env['identity']
    return refuse(401, 'no session', 'WWW-Authenticate' => 'Bearer') unless caller.signed_in

    missing = @permissions - caller.permissions
    missing.empty? ? @app.call(env) : refuse(403, "missing: #{missing.join(', ')}")
  end

  private

  def refuse(status, error, headers = {})
    [status, { 'Content-Type' => 'application/json', **headers }, [JSON.generate(error: error)]]
  end
end
