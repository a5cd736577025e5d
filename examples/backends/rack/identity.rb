# frozen_string_literal: true

require 'rack/utils'

# The caller, from the headers that sessiongate writes. A field that the session
# lacks is nil.
Identity = Struct.new(
  :signed_in, # true or false
  :reason, # why not signed in
  :provider, :user_id, :session_id,
  :org_id, :org_role, :org_slug,
  :permissions, # a list
  :actor, # who acts as the user
  :name, :email,
  keyword_init: true
) do
  # Reads a Rack environment. A missing header is not an error.
  def self.of(env)
    text = ->(name) { decode(env["HTTP_X_IDENTITY_#{name}"]) }
    new(
      signed_in: text['STATUS'] == 'signed-in', reason: text['REASON'],
      provider: text['PROVIDER'], user_id: text['USER_ID'], session_id: text['SESSION_ID'],
      org_id: text['ORG_ID'], org_role: text['ORG_ROLE'], org_slug: text['ORG_SLUG'],
      # Each element is encoded by itself: split first, then decode.
      permissions: env.fetch('HTTP_X_IDENTITY_ORG_PERMISSIONS', '').split(',').map { |element| decode(element) },
      actor: text['ACTOR'], name: text['NAME'], email: text['EMAIL']
    ).freeze
  end

  # Not Rack::Utils.unescape, which reads + as a space.
  def self.decode(value)
    value && Rack::Utils.unescape_path(value).force_encoding(Encoding::UTF_8)
  end
end
