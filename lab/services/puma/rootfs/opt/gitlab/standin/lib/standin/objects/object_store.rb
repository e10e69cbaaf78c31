# frozen_string_literal: true

module Standin
  module Objects
    # The buckets of gitlab_rails['object_store'].
    class ObjectStore
      # The object store does not answer, or refuses.
      class Unavailable < StandardError; end

      # A browser or `git lfs` has this long to follow a link.
      LINK_S = 600

      # @param settings [Hash] endpoint, region, access_key, secret_key, ca_file, path_style, buckets ({ artifacts: 'name' })
      def initialize(settings)
        # Much of what a process loads, and only some ever need it.
        require 'aws-sdk-s3'
        @buckets = settings.fetch(:buckets)
        @client = Aws::S3::Client.new(
          endpoint: settings[:endpoint], region: settings[:region], force_path_style: settings.fetch(:path_style, true),
          access_key_id: settings[:access_key], secret_access_key: settings[:secret_key], ssl_ca_bundle: settings[:ca_file],
          http_open_timeout: 2, http_read_timeout: 15, retry_limit: 2
        )
        @signer = Aws::S3::Presigner.new(client: @client)
      end

      # @param kind [Symbol] what a bucket is for: :artifacts, :uploads, :lfs
      # @param body [IO, String]
      def put(kind, key, body, type: 'application/octet-stream')
        guarded { @client.put_object(bucket: bucket(kind), key: key, body: body, content_type: type) }
      end

      # @return [String, nil] the object's bytes, nil when there is none
      def get(kind, key)
        guarded { @client.get_object(bucket: bucket(kind), key: key).body.read }
      end

      # @param into [IO] gets its bytes
      # @return [IO, nil] the same, at its beginning; nil when there is none
      def fetch(kind, key, into)
        guarded do
          @client.get_object(bucket: bucket(kind), key: key, response_target: into)
          into.tap(&:rewind)
        end
      end

      # Deletes all that is below a place.
      # @param prefix [String] ends with a slash
      # @return [Integer] how many there were
      def clear(kind, prefix)
        guarded do
          found = @client.list_objects_v2(bucket: bucket(kind), prefix: prefix).flat_map { |page| page.contents.map(&:key) }
          found.each { |key| @client.delete_object(bucket: bucket(kind), key: key) }
          found.size
        end || 0
      end

      # @return [Integer, nil] its size, nil when there is none
      def size(kind, key)
        guarded { @client.head_object(bucket: bucket(kind), key: key).content_length }
      end

      # @param size [Integer, nil] how many bytes may be put there, no more and no less
      # @return [String] a link that works for LINK_S seconds without a password
      def link(kind, key, verb, size: nil)
        signed = size ? { content_length: size, whitelist_headers: ['content-length'] } : {}
        @signer.presigned_url(verb, bucket: bucket(kind), key: key, expires_in: LINK_S, **signed)
      end

      private

      def bucket(kind) = @buckets.fetch(kind)

      # What is not there is told in two ways: an answer without a body cannot name it.
      def guarded
        yield
      rescue Aws::S3::Errors::NoSuchKey, Aws::S3::Errors::NotFound
        nil
      rescue Aws::Errors::ServiceError, Seahorse::Client::NetworkingError => error
        raise Unavailable, error.message[0, 200]
      end
    end
  end
end
