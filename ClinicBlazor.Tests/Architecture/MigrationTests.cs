using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ClinicBlazor.Tests.Architecture;

/// <summary>Both databases have the tables that the code believes in.</summary>
[Trait("Requirement", "S2-15")]
public sealed class MigrationTests
{
    // Column by column: a column that was added later stands at the end of its table.
    private const string SqliteSchema =
        """
        SELECT m."name" || '.' || c."name" || ' ' || c."type" || ' ' || c."notnull" || ' ' || coalesce(c."dflt_value", '') || ' ' || c."pk"
          FROM "sqlite_master" m, pragma_table_info(m."name") c WHERE m."type" = 'table' AND m."name" NOT LIKE '\_\_EF%' ESCAPE '\'
        UNION ALL SELECT m."name" || ': ' || f."from" || ' ' || f."table" || '.' || f."to" || ' ' || f."on_delete"
          FROM "sqlite_master" m, pragma_foreign_key_list(m."name") f WHERE m."type" = 'table' AND m."name" NOT LIKE '\_\_EF%' ESCAPE '\'
        UNION ALL SELECT "name" || ': ' || "sql" FROM "sqlite_master" WHERE "type" = 'index' AND "sql" IS NOT NULL
        """;

    private const string PostgresSchema =
        """
        SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(character_maximum_length::text, '')
            || ' ' || is_nullable || ' ' || coalesce(collation_name, '')
          FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_EF%'
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\_\_EF%'
        UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
          WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE '%\_\_EF%'
        """;

    [Fact]
    public void Models_OfBothDatabases_HaveNoPendingChange()
    {
        using var sqlite = BothModels.NewSqlite("Data Source=:memory:");
        using var postgres = BothModels.NewPostgres("Host=localhost");

        Assert.False(sqlite.Database.HasPendingModelChanges());
        Assert.False(postgres.Database.HasPendingModelChanges());
    }

    [Fact]
    public void Models_OfBothDatabases_HaveTheSameTablesColumnsAndKeys()
    {
        var sqlite = Describe(BothModels.Sqlite);

        Assert.NotEmpty(sqlite);
        Assert.Equal(sqlite, Describe(BothModels.Postgres));
    }

    [Fact]
    public async Task Migrations_OnSqlite_MakeTheTablesOfTheModel()
    {
        using var folder = new TestFolder();
        var (migrated, created) = (File("migrated.db"), File("created.db"));
        await BuildAsync(BothModels.NewSqlite(migrated), BothModels.NewSqlite(created));

        Assert.Equal(await ReadAsync(new SqliteConnection(created), SqliteSchema),
            await ReadAsync(new SqliteConnection(migrated), SqliteSchema));

        string File(string name) =>
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.Path, name), Pooling = false }.ToString();
    }

    [Fact]
    public async Task Migrations_OnPostgres_MakeTheTablesOfTheModel()
    {
        var cluster = await PostgresCluster.GetAsync();
        var (migrated, created) = (await cluster.CreateDatabaseAsync(), await cluster.CreateDatabaseAsync());
        await BuildAsync(BothModels.NewPostgres(migrated), BothModels.NewPostgres(created));

        Assert.Equal(await ReadAsync(new Npgsql.NpgsqlConnection(created), PostgresSchema),
            await ReadAsync(new Npgsql.NpgsqlConnection(migrated), PostgresSchema));

        await cluster.DropDatabaseAsync(migrated);
        await cluster.DropDatabaseAsync(created);
    }

    private static async Task BuildAsync(ClinicDbContext byMigrations, ClinicDbContext byModel)
    {
        await using (byMigrations)
        {
            await byMigrations.Database.MigrateAsync();
        }

        await using (byModel)
        {
            await byModel.Database.EnsureCreatedAsync();
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "One of the two constants above.")]
    private static async Task<IReadOnlyList<string>> ReadAsync(DbConnection connection, string query)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = query;
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string>();
            while (await reader.ReadAsync())
            {
                rows.Add(reader.GetString(0));
            }

            Assert.NotEmpty(rows);
            return [.. rows.Order(StringComparer.Ordinal)];
        }
    }

    private static IReadOnlyList<string> Describe(IModel model)
    {
        var tables = model.GetRelationalModel().Tables;
        return
        [
            .. tables.SelectMany(
                table => table.Columns.Select(column => $"column {table.Name}.{column.Name} {(column.IsNullable ? "null" : "not null")}"))
                .Concat(tables.SelectMany(table => table.UniqueConstraints.Select(key => $"key {key.Name} {Names(key.Columns)}")))
                .Concat(tables.SelectMany(table =>
                    table.ForeignKeyConstraints.Select(key => $"foreign key {key.Name} {Names(key.Columns)} {key.OnDeleteAction}")))
                .Concat(tables.SelectMany(
                    table => table.Indexes.Select(index => $"index {index.Name} {Names(index.Columns)} {index.IsUnique} {index.Filter}")))
                .Order(StringComparer.Ordinal),
        ];

        static string Names(IEnumerable<IColumnBase> columns) => string.Join(", ", columns.Select(column => column.Name));
    }
}
