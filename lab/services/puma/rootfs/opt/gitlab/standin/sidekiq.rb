# frozen_string_literal: true

# What `sidekiq -r` loads.
require_relative 'lib/standin'
require_relative 'lib/standin/pipeline/health_server'
require_relative 'lib/standin/pipeline/start_up'

Sidekiq.configure_server do |config|
  config.redis = Standin::Store::Cache.options(Standin.context.settings.redis)
  config.on(:startup) do
    Standin::Pipeline::StartUp.run do
      Standin::Store::Preparation.new(Standin.context).await
      queue = Standin::Pipeline::Keeper.queue(Standin.context.settings.redis)
      Standin::Pipeline::Keeper.new(Standin.context, enqueue: queue).start
      Standin::Pipeline::Sweeper.new(Standin.context).start
      # Last: who finds it well may rely on all of the above.
      sidekiq = Standin.context.settings.sidekiq
      Standin::Pipeline::HealthServer.new(sidekiq).start if sidekiq[:health_checks]
    end
  end
end
