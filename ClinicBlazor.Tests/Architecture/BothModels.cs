using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ClinicBlazor.Tests.Architecture;

/// <summary>The entity models of both databases, built without opening either.</summary>
internal static class BothModels
{
    public static IModel Sqlite { get; } = Build(NewSqlite("Data Source=:memory:"));

    public static IModel Postgres { get; } = Build(NewPostgres("Host=localhost"));

    public static ClinicDbContext NewSqlite(string connection)
    {
        var options = new DbContextOptionsBuilder<SqliteClinicDbContext>();
        return new SqliteClinicDbContext(options.UseSqlite(connection).Options);
    }

    public static ClinicDbContext NewPostgres(string connection)
    {
        var options = new DbContextOptionsBuilder<PostgresClinicDbContext>();
        return new PostgresClinicDbContext(options.UseNpgsql(connection).Options);
    }

    private static IModel Build(ClinicDbContext context)
    {
        using (context)
        {
            return context.GetService<IDesignTimeModel>().Model;
        }
    }
}
