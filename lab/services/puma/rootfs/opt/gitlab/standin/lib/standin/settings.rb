# frozen_string_literal: true

require 'json'

module Standin
  # What the lab rendered from the node's gitlab.rb. Keys of the file are those of these structures.
  Settings = Data.define(
    :node, :version, :external_url, :database, :redis, :gitaly, :object_store, :secrets, :monitoring_whitelist,
    :trusted_proxies, :coordination, :sidekiq
  ) do
    # @param path [String] the JSON file, readable for the application's account only
    # @raise [RuntimeError] when the file is not there or a key is missing, saying which
    def self.read(path)
      from(JSON.parse(File.read(path), symbolize_names: true))
    rescue Errno::ENOENT
      raise "#{path} is not there: the lab writes it when it deploys the application"
    rescue JSON::ParserError, ArgumentError => error
      raise "#{path}: #{error.message}"
    end

    # @param values [Hash] the parsed file
    def self.from(values) = new(**values)

    # Host of the URL people use.
    def host = URI(external_url).host
  end
end
