# frozen_string_literal: true

class CallersController < ApplicationController
  require_session only: :hello
  require_session 'org:teams:read', only: :teams

  # Optional: signed in or not.
  def whoami
    render json: identity.to_h
  end

  def hello
    render json: identity.to_h
  end

  def teams
    audit 'teams.read'
    render json: identity.to_h
  end

  private

  # A line of JSON for each event: a caller's values cannot begin another line.
  def audit(action)
    logger.info({ action: action, provider: identity.provider, user: identity.user_id, session: identity.session_id,
                  organisation: identity.org_id, actor: identity.actor }.to_json)
  end
end
