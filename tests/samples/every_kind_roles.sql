-- The roles of every_kind.sql, for a server that gets its dump and not itself.
CREATE ROLE sample_owner;
CREATE ROLE sample_reader;
CREATE ROLE sample_writer IN ROLE sample_reader;
CREATE ROLE "Sample ""Quoted"" Rôle";
