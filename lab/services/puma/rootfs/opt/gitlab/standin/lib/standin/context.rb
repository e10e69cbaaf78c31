# frozen_string_literal: true

require 'connection_pool'
require 'logger'

require_relative 'store/database'
require_relative 'store/cache'
require_relative 'store/entrances'
require_relative 'git/gitaly'
require_relative 'objects/object_store'

module Standin
  # Everything outside the process, made when first asked for: Puma forks, and connections do not survive that.
  class Context
    attr_reader :settings, :logger

    # @param settings [Settings]
    def initialize(settings, logger: Logger.new($stdout, progname: 'standin'))
      @settings = settings
      @logger = logger
      @lock = Monitor.new
      @made = {}
    end

    def database = once(:database) { Store::Database.new(settings.database, logger) }

    def cache = once(:cache) { Store::Cache.new(settings.redis) }

    # @return [Store::Entrances]
    def entrances = once(:entrances) { Store::Entrances.new(cache) }

    def gitaly = once(:gitaly) { Git::Gitaly.new(settings.gitaly) }

    # @return [Objects::ObjectStore, nil] nil where the cluster has no object storage
    def object_store
      settings.object_store && once(:object_store) { Objects::ObjectStore.new(settings.object_store) }
    end

    # @return [Class] a store's object, made once: `context.store(Store::Users)`
    def store(type) = once(type) { type.new(database.sequel) }

    private

    def once(name)
      @lock.synchronize { @made[name] ||= yield }
    end
  end
end
