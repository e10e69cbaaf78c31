# frozen_string_literal: true

require_relative 'lib/standin'
require_relative 'lib/standin/web/app'

# Who pushes does not wait for a failover of Redis: the row is there, and the keeper tells the queue.
Sidekiq.configure_client { |config| config.redis = { **Standin::Store::Cache.options(Standin.context.settings.redis), **Standin::Store::Cache::QUICK } }

# Whoever comes first makes the tables, be it this or Sidekiq; pages are served meanwhile.
Thread.new { Standin::Store::Preparation.new(Standin.context).await }

run Standin::Web::App.build(Standin.context)
