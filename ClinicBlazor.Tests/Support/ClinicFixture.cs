using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.Tests.Support;

/// <summary>A clinic that all tests of one class share. A test must not depend on what another one leaves in it.</summary>
public abstract class ClinicFixture(DatabaseKind kind) : IAsyncLifetime
{
    private DomainHost? host;

    public DomainHost Host => host!;

    public TestPeople People => Host.People;

    public virtual async Task InitializeAsync() => host = await DomainHost.StartAsync(kind);

    public async Task DisposeAsync() => await Host.DisposeAsync();
}

/// <summary>The shared clinic on a SQLite file.</summary>
public sealed class SqliteClinic() : ClinicFixture(DatabaseKind.Sqlite);

/// <summary>The shared clinic on PostgreSQL.</summary>
public sealed class PostgresClinic() : ClinicFixture(DatabaseKind.Postgres);
