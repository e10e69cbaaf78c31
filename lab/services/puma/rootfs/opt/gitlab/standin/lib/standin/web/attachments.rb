# frozen_string_literal: true

require 'securerandom'

require_relative '../store/uploads'

module Standin
  module Web
    # Files that people attach to a project, sent in a form as GitLab takes them, and fetched under the addresses it gives them.
    module Attachments
      # GitLab's own limit where nobody changed it.
      MOST = 100 * 1024 * 1024
      # What a form has besides the file.
      FRAME = 1024 * 1024
      # What is shown, not linked to.
      SHOWN = /\.(png|jpe?g|gif|bmp|tiff|ico|webp|mp4|m4v|mov|webm|ogv|mp3|og[ag]|spx|wav)\z/i

      # @return [Array, nil] the answer to a request that is certainly too big: it is not worth reading
      def self.refusal(env)
        return unless env['REQUEST_METHOD'] == 'POST' && env['CONTENT_LENGTH'].to_i > MOST + FRAME
        return unless env['PATH_INFO'].match?(%r{\A/api/v4/projects/[^/]+/uploads\z})

        [413, { 'content-type' => 'application/json' }, [JSON.generate(message: '413 Request Entity Too Large')]]
      end

      private

      def uploads = context.store(Store::Uploads)

      # Takes the file of a form.
      # @param file [Hash, Object] as Rack has it
      # @return [Hash] what GitLab answers
      def attach(project, file)
        invalid('file is invalid') unless file.is_a?(Hash) && file[:tempfile]
        refuse(413, '413 Request Entity Too Large') if file[:tempfile].size > MOST
        refuse(503, '503 Service Unavailable - there is no object storage') unless context.object_store
        row = { id: SecureRandom.uuid, filename: plain_name(file[:filename]), size: file[:tempfile].size }
        keep(project, row, file[:tempfile])
        shown_upload(project, row)
      end

      # Nothing is listed that cannot be fetched: whatever ends this on its way, what is not complete is seen by nobody, and swept.
      def keep(project, row, file)
        context.database.lasting { uploads.start(row[:id], project, row[:filename], row[:size]) }
        file.rewind
        context.object_store.put(:uploads, uploads.key(row[:id], row[:filename]), file)
        there = context.database.lasting { uploads.complete(row[:id], project) }
        # Its project went meanwhile, or it took so long that it was swept.
        refuse(503, '503 Service Unavailable - the file was not kept') unless there
      end

      # As GitLab makes it: what is no letter, digit, point, dash, underscore or plus becomes an underscore.
      def plain_name(name)
        found = name.to_s.dup.force_encoding(Encoding::UTF_8).split(%r{[/\\]}).last.to_s.gsub(/[^[:word:].+-]/, '_')
        invalid('file is invalid') if found.match?(/\A\.*\z/) || found.bytesize > Given::LINE
        found
      end

      def shown_upload(project, row)
        secret = row[:id].delete('-')
        url = "/uploads/#{secret}/#{row[:filename]}"
        shown = row[:filename].match?(SHOWN)
        alt = shown ? File.basename(row[:filename], '.*') : row[:filename]
        { id: row[:id], alt: alt, url: url, full_path: "/-/project/#{project[:id]}#{url}", markdown: "#{'!' if shown}[#{alt}](#{url})" }
      end

      # Ends the request with a file, or with where it lies. As GitLab does without `proxy_download`: the client fetches it
      # there, if a way leads there.
      def hand_out_upload(row)
        key = uploads.key(row[:id], row[:filename])
        hand_out(:uploads, key, 'application/octet-stream', name: row[:filename]) if published
        return unless context.object_store&.size(:uploads, key)

        redirect context.object_store.link(:uploads, key, :get_object)
      end
    end
  end
end
