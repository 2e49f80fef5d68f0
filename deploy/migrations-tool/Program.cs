using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.EntityFrameworkCore.Sqlite.Design.Internal;
using Microsoft.Extensions.DependencyInjection;
using Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal;

namespace ClinicBlazor.MigrationsTool;

/// <summary>Scaffolds a migration into the domain's Data/Migrations folder, for the database named first.</summary>
internal static class Program
{
    private const string Usage = "Usage: dotnet run --project deploy/migrations-tool -- <Sqlite|Postgres> <Name>";

    private static int Main(string[] args)
    {
        if (args is not [var provider, var name] || provider is not ("Sqlite" or "Postgres"))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        using var db = CreateContext(provider);
        var files = Scaffold(db, DesignTimeServicesOf(provider), provider, name);
        foreach (var file in new[] { files.MigrationFile, files.MetadataFile, files.SnapshotFile })
            Console.WriteLine(file);

        return 0;
    }

    // Neither database is opened: scaffolding compares the model with the snapshot in the assembly.
    private static ClinicDbContext CreateContext(string provider) => provider == "Sqlite"
        ? new SqliteClinicDbContext(
            new DbContextOptionsBuilder<SqliteClinicDbContext>().UseSqlite("Data Source=:memory:").Options)
        : new PostgresClinicDbContext(
            new DbContextOptionsBuilder<PostgresClinicDbContext>().UseNpgsql("Host=localhost").Options);

    [SuppressMessage("Usage", "EF1001", Justification = "Providers publish their scaffolding services this way only.")]
    private static IDesignTimeServices DesignTimeServicesOf(string provider) => provider == "Sqlite"
        ? new SqliteDesignTimeServices()
        : new NpgsqlDesignTimeServices();

    private static MigrationFiles Scaffold(
        ClinicDbContext db, IDesignTimeServices providerServices, string provider, string name)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddEntityFrameworkDesignTimeServices();
        services.AddDbContextDesignTimeServices(db);
        providerServices.ConfigureDesignTimeServices(services);
        using var root = services.BuildServiceProvider();

        var domain = Path.Combine(RepositoryRoot(), "ClinicBlazor.Domain");
        var folder = Path.Combine(domain, "Data", "Migrations", provider);
        var scaffolder = root.GetRequiredService<IMigrationsScaffolder>();
        var migration = scaffolder.ScaffoldMigration(
            name, "ClinicBlazor.Domain", $"Data.Migrations.{provider}", "C#", dryRun: false);
        return scaffolder.Save(domain, migration, folder, dryRun: false);
    }

    private static string RepositoryRoot([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
