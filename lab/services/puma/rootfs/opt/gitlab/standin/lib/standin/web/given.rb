# frozen_string_literal: true

require 'json'

module Standin
  module Web
    # What a request carries, as a form or as JSON. What has the wrong type, is too long or is no text is refused with
    # GitLab's words, before anything is asked of the cluster.
    module Given
      # What a request carried that nothing looks at: its names.
      IGNORED = 'X-Standin-Ignored'
      NAME = /\A[\w.\[\]-]{1,40}\z/
      NAMED = 20
      # GitLab's own limits, in characters.
      LINE = 255
      TEXT = 1_048_576
      # More than any number in the database's columns needs, and what JSON holds exactly.
      NUMBER = 0..(2**53)
      YES = [true, 'true', '1', 1, 't', 'yes', 'on'].freeze
      NO = [false, 'false', '0', 0, 'f', 'no', 'off'].freeze

      # @param known [Array<String>] what the call looks at; the rest is named in the answer's header
      # @return [Hash]
      def given(*known)
        asked = @given ||= read
        unknown = (asked.keys - known - %w[private_token]).grep(NAME).first(NAMED)
        headers IGNORED => unknown.sort.join(', ') unless unknown.empty?
        asked
      end

      # @return [String, nil] nil where it is left out
      def text(asked, name, most: LINE)
        value = asked[name]
        invalid("#{name} is invalid") if value.is_a?(Hash) || value.is_a?(Array)
        return if value.nil?

        value.to_s.tap { |found| too_long(name, most) if found.length > most }
      end

      def required(asked, name, **)
        value = text(asked, name, **)
        value.nil? || value.empty? ? invalid("#{name} is missing") : value
      end

      # @return [Boolean]
      def flag(asked, name)
        value = asked[name]
        return true if YES.include?(value)

        value.nil? || NO.include?(value) ? false : invalid("#{name} is invalid")
      end

      # @return [Integer]
      def number(asked, name, default: nil)
        value = asked[name]
        return default if value.nil? && default
        return value.to_i if (value.is_a?(Integer) || value.to_s.match?(/\A\d{1,16}\z/)) && NUMBER.cover?(value.to_i)

        invalid(value.nil? ? "#{name} is missing" : "#{name} is invalid")
      end

      def one_of(asked, name, values)
        value = text(asked, name)
        value.nil? || values.include?(value) ? value : invalid("#{name} does not have a valid value")
      end

      # @raise ends the request as GitLab's API does when a parameter is wrong
      def invalid(message)
        content_type 'application/json'
        halt 400, JSON.generate(error: message)
      end

      # Text that neither the database nor Git storage takes: no UTF-8, or with a zero byte in it.
      def sound?(value)
        case value
        when String then (utf8 = value.dup.force_encoding(Encoding::UTF_8)).valid_encoding? && !utf8.include?("\0")
        when Hash then value.all? { |name, one| sound?(name.to_s) && sound?(one) }
        when Array then value.all? { |one| sound?(one) }
        else true
        end
      end

      # What JSON says, of a call that has it as its body.
      # @return [Hash]
      def body_object
        found = JSON.parse(request.body&.read.to_s)
        refuse(400, '400 Bad request - the body is no object') unless found.is_a?(Hash)
        sound?(found) ? found : refuse(400, '400 Bad Request')
      end

      private

      def read
        return body_object if request.media_type == 'application/json'

        sound?(request.params) ? request.params.dup : refuse(400, '400 Bad Request')
      end

      def too_long(name, most) = refuse(400, { name => ["is too long (maximum is #{most} characters)"] })
    end
  end
end
