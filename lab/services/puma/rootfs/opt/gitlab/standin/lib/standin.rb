# frozen_string_literal: true

# The stand-in for GitLab's Rails application: what a cluster needs an application for, and no more.
require_relative 'standin/settings'
require_relative 'standin/context'
require_relative 'standin/store/schema'
require_relative 'standin/store/users'
require_relative 'standin/store/preparation'
require_relative 'standin/store/projects'
require_relative 'standin/store/work_items'
require_relative 'standin/store/jobs'
require_relative 'standin/store/lfs_objects'
require_relative 'standin/store/uploads'
require_relative 'standin/store/remains'
require_relative 'standin/pipeline/runner'
require_relative 'standin/pipeline/worker'
require_relative 'standin/pipeline/keeper'
require_relative 'standin/pipeline/sweeper'

module Standin
  SETTINGS = ENV.fetch('STANDIN_SETTINGS', '/var/opt/gitlab/gitlab-rails/etc/standin.json')

  class << self
    # @return [Context] the process's own
    def context = @context ||= Context.new(Settings.read(SETTINGS))

    # @return [Pipeline::Runner] for Sidekiq, which makes its workers itself and so cannot be given one
    def runner = @runner ||= Pipeline::Runner.new(context, context.settings.node)
  end
end
