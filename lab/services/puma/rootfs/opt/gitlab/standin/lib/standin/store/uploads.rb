# frozen_string_literal: true

require_relative 'remains'

module Standin
  module Store
    # Files that people attach: their names. Their bytes lie in the object store.
    class Uploads
      SECRET = /\A\h{32}\z/
      UUID = /\A\h{8}(-\h{4}){3}-\h{12}\z/

      # @param sequel [Sequel::Database]
      def initialize(sequel) = @sequel = sequel

      # One whose bytes its client puts there by itself. The same call again finds what the first one made.
      def add(id, project, filename, size) = insert(id, project, filename, size, true)

      # One whose bytes come now. Until `complete` it is seen by nobody, and swept if that is not called in time. To be called in a
      # transaction; again does no harm.
      def start(id, project, filename, size)
        insert(id, project, filename, size, false)
        Remains.new(@sequel).expect('uploads', "#{id}/")
      end

      # Its bytes are there. To be called in a transaction; again does no harm.
      # @return [Boolean] false when it is gone meanwhile
      def complete(id, project)
        # Who deletes the project waits, and then knows of it; or it is gone.
        return false unless @sequel[:projects].where(id: project[:id]).for_share.select(:id).first

        Remains.new(@sequel).kept('uploads', "#{id}/") { @sequel[:uploads].where(id: id).update(complete: true).positive? }
      end

      def of(project) = whole.where(project_id: project[:id]).reverse(:created_at).limit(Projects::MOST).all

      # @return [Hash, nil]
      def find(project, id) = id.match?(UUID) ? whole.first(project_id: project[:id], id: id) : nil

      # By an address: the id is what nobody guesses in it.
      # @param secret [String] the id without dashes
      # @return [Hash, nil]
      def at(project, secret, filename)
        secret.match?(SECRET) ? whole.first(project_id: project[:id], id: secret, filename: filename) : nil
      end

      # Keeps others from it until the transaction ends.
      # @return [Hash, nil] nil where it is gone
      def hold(id) = @sequel[:uploads].where(id: id).for_update.first

      def key(id, filename) = "#{id}/#{filename}"

      private

      def whole = @sequel[:uploads].where(complete: true)

      def insert(id, project, filename, size, complete)
        row = { id: id, project_id: project[:id], filename: filename, size: size, complete: complete }
        @sequel[:uploads].insert_conflict(target: :id).insert(row)
      end
    end
  end
end
