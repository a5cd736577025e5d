# frozen_string_literal: true

Rails.application.routes.draw do
  get 'whoami', to: 'callers#whoami'
  get 'hello', to: 'callers#hello'
  get 'teams', to: 'callers#teams'
end
