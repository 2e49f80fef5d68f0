using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// For <c>dotnet ef … --context SqliteClinicDbContext</c>: comparing the model with the migrations opens no database.
/// </summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteClinicDbContext>
{
    /// <inheritdoc/>
    public SqliteClinicDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteClinicDbContext>();
        DataServices.UseSqlite(options, ":memory:");
        return new SqliteClinicDbContext(options.Options);
    }
}

/// <summary>For <c>dotnet ef … --context PostgresClinicDbContext</c>.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresClinicDbContext>
{
    /// <inheritdoc/>
    public PostgresClinicDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresClinicDbContext>();
        DataServices.UsePostgres(options, "Host=localhost");
        return new PostgresClinicDbContext(options.Options);
    }
}
