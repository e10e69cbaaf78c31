# frozen_string_literal: true

require 'digest'
require 'fileutils'
require 'tempfile'

module Standin
  module Web
    # Bytes that do pass through the application: those of jobs, and all for who comes by a published port, since from there
    # no way leads to the object store.
    module Bytes
      PIECE = 65_536

      private

      # Ends the request with an object's bytes.
      # @param key [String, nil] nil where there never was one
      def hand_out(kind, key, type, name: nil)
        store = context.object_store
        refuse(404, '404 Not Found') unless key && store
        file = Tempfile.new('object', binmode: true)
        unless store.fetch(kind, key, file)
          file.close!
          refuse(404, '404 Not Found')
        end
        attachment(name) if name
        content_type type
        halt 200, pieces(file)
      end

      def pieces(file)
        Enumerator.new do |out|
          while (piece = file.read(PIECE)) do out << piece end
        ensure
          file.close!
        end
      end

      # Puts what a request carries into the object store.
      # @yieldparam file [Tempfile] to look at it first
      def take_in(kind, key)
        received do |file|
          yield file
          file.rewind
          context.object_store.put(kind, key, file)
        end
      end

      # @yieldparam file [Tempfile] what a request carries
      def received
        Tempfile.create('object', binmode: true) do |file|
          request.body&.rewind
          IO.copy_stream(request.body, file) if request.body
          file.flush
          yield file
        end
      end

      # @return [Boolean] whether the object is there with these very bytes
      def same?(kind, key, file)
        Tempfile.create('object', binmode: true) do |kept|
          context.object_store.fetch(kind, key, kept) && FileUtils.identical?(kept.path, file.path)
        end
      end
    end
  end
end
