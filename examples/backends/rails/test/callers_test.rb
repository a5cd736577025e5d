# frozen_string_literal: true

ENV['RAILS_ENV'] = 'test'
require_relative '../config/environment'
require 'rails/test_help'

# A test needs no proxy and no token: it writes the headers itself.
class CallersTest < ActionDispatch::IntegrationTest
  SIGNED_IN = { 'X-Identity-Status' => 'signed-in', 'X-Identity-User-Id' => 'user_1' }.freeze
  READER = SIGNED_IN.merge('X-Identity-Org-Permissions' => 'org:teams:manage,org:teams:read').freeze

  test 'status' do
    [
      ['/whoami', {}, 200],
      ['/hello', {}, 401],
      ['/hello', SIGNED_IN, 200],
      ['/teams', SIGNED_IN, 403],
      ['/teams', READER, 200]
    ].each do |path, headers, status|
      get path, headers: headers
      assert_response status, "#{path} with #{headers}"
    end
  end
end
