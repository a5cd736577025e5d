# frozen_string_literal: true

# The caller of each request, and actions that need one.
module Identified
  extend ActiveSupport::Concern

  class_methods do
    # Answers 401 without a session, and 403 without the permissions, before
    # the actions that only: or except: name.
    def require_session(*permissions, **actions)
      before_action(**actions) { check_session(permissions) }
    end
  end

  # Who is calling, signed in or not.
  def identity
    @identity ||= Identity.of(request.env)
  end

  private

  def check_session(permissions)
    missing = permissions - identity.permissions
    if !identity.signed_in
      headers['WWW-Authenticate'] = 'Bearer'
      render json: { error: 'no session' }, status: :unauthorized
    elsif missing.any?
      render json: { error: "missing: #{missing.join(', ')}" }, status: :forbidden
    end
  end
end
