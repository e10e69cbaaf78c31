# frozen_string_literal: true

require 'bcrypt'
require 'digest'
require 'securerandom'

module Standin
  module Store
    # People, their tokens and their SSH keys.
    class Users
      # What the index of the keys takes.
      LONGEST_KEY = 2600

      # @param sequel [Sequel::Database]
      def initialize(sequel) = @sequel = sequel

      # The first user, as `initial_root_password` makes it; what is there already is left.
      def ensure_root(password:, token:)
        @sequel[:users].insert_conflict(target: :username)
                       .insert(username: 'root', name: 'Administrator', admin: true,
                               encrypted_password: BCrypt::Password.create(password, cost: 8).to_s)
        root = by_username('root')
        @sequel[:personal_access_tokens].insert_conflict(target: :token_digest)
                                        .insert(user_id: root[:id], name: 'lab', token_digest: digest(token))
        root
      end

      # @return [Hash, nil] the user's row, without the password
      def by_id(id) = public_row(@sequel[:users].first(id: id))

      def by_username(username) = public_row(@sequel[:users].first(username: username))

      def by_token(token)
        public_row(@sequel[:users].join(:personal_access_tokens, user_id: :id)
                                  .where(token_digest: digest(token)).select_all(:users).first)
      end

      def by_password(username, password)
        row = @sequel[:users].first(username: username)
        # A comparison is made in any case, so that time does not tell which names exist.
        known = BCrypt::Password.new(row&.fetch(:encrypted_password) || NOBODY)
        public_row(row) if (known == password) && row
      end

      # What `git` sends as password may be either.
      def by_secret(username, secret)
        user = by_token(secret)
        user && user[:username] == username ? user : by_password(username, secret)
      end

      # @return [Hash] the row of the key; one that is there already belongs to whom it belongs
      # @raise [ArgumentError] for what is no public key
      def add_key(user, title:, key:)
        kind, blob, comment = key.lines.first.to_s.strip.split(/\s+/, 3)
        raise ArgumentError, 'is invalid' unless kind&.match?(/\A(ssh-|ecdsa-|sk-)/) && blob&.match?(%r{\A[A-Za-z0-9+/=]+\z})

        @sequel[:keys].insert_conflict(target: :blob).insert(user_id: user[:id], title: title, key: [kind, blob, comment].compact.join(' '), blob: blob)
        @sequel[:keys].first(blob: blob)
      end

      def keys_of(user) = @sequel[:keys].where(user_id: user[:id]).order(:id).all

      # @param blob [String] the key itself, base64 as an SSH client sends it
      def key_by_blob(blob) = @sequel[:keys].first(blob: blob)

      def by_key_id(id)
        key = @sequel[:keys].first(id: id)
        key && by_id(key[:user_id])
      end

      NOBODY = BCrypt::Password.create(SecureRandom.hex, cost: 8).to_s
      private_constant :NOBODY

      private

      # Tokens are random and long, so a plain digest is enough to find them by.
      def digest(token) = Digest::SHA256.hexdigest(token)

      def public_row(row) = row&.except(:encrypted_password)
    end
  end
end
