# frozen_string_literal: true

require 'minitest/autorun'
require 'rack'

# A test needs no proxy and no token: it writes the headers itself.
class TestRoutes < Minitest::Test
  SIGNED_IN = { 'HTTP_X_IDENTITY_STATUS' => 'signed-in', 'HTTP_X_IDENTITY_USER_ID' => 'user_1' }.freeze
  READER = SIGNED_IN.merge('HTTP_X_IDENTITY_ORG_PERMISSIONS' => 'org:teams:manage,org:teams:read').freeze

  def test_status
    app, = Rack::Builder.parse_file('config.ru')
    [
      ['/whoami', {}, 200],
      ['/hello', {}, 401],
      ['/hello', SIGNED_IN, 200],
      ['/teams', SIGNED_IN, 403],
      ['/teams', READER, 200]
    ].each do |path, headers, status|
      assert_equal status, Rack::MockRequest.new(app).get(path, headers).status, "#{path} with #{headers}"
    end
  end
end
