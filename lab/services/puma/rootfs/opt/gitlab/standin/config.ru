# frozen_string_literal: true

require_relative 'lib/standin'
require_relative 'lib/standin/web/app'

Sidekiq.configure_client { |config| config.redis = Standin::Store::Cache.options(Standin.context.settings.redis) }

run Standin::Web::App.build(Standin.context)
