# frozen_string_literal: true

gem 'rails', '~> 6.1.7'
require 'logger' # Rails 6.1 does not ask for it itself
require 'action_controller/railtie'

# A backend that keeps no sessions of its own.
class Backend < Rails::Application
  config.load_defaults 6.1
  config.api_only = true
  config.eager_load = true
  config.hosts.clear # it is behind a proxy that knows its hosts
  config.secret_key_base = ENV.fetch('SECRET_KEY_BASE', 'signs nothing')
  config.logger = ActiveSupport::Logger.new($stdout)
end
