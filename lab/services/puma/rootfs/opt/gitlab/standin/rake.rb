# frozen_string_literal: true

# What gitlab-rake runs.
require_relative 'lib/standin'
require_relative 'lib/standin/tasks/tasks'

Sidekiq.configure_client do |config|
  config.redis = Standin::Store::Cache.options(Standin.context.settings.redis)
  config.logger = Logger.new(File::NULL)
end

exit Standin::Tasks::Tasks.new(Standin.context, $stdout, $stderr).run(ARGV)
