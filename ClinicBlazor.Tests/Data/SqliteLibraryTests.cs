using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Data;

/// <summary>A SQLite library that can corrupt a database is not used.</summary>
[Trait("Requirement", "S2-06")]
public sealed class SqliteLibraryTests
{
    [Theory]
    [InlineData("3.51.2", true)]
    [InlineData("3.46.1", true)]
    [InlineData("2.99.99", true)]
    [InlineData("unknown", true)]
    [InlineData("3.51.3", false)]
    [InlineData("3.53.3", false)]
    [InlineData("4.0.0", false)]
    public void RefuseWhenTooOld_OfAVersion_RefusesBelowTheFirstSafeOneAndSaysWhy(string version, bool refused)
    {
        var fault = Record.Exception(() => new SqliteLibrary(version).RefuseWhenTooOld(DatabaseKind.Sqlite));

        Assert.Equal(refused, fault is UnfitDatabaseException);
        Assert.True(fault is null
            || (fault.Message.Contains(version, StringComparison.Ordinal) && fault.Message.Contains("corrupt", StringComparison.Ordinal)));
    }

    [Fact]
    public void RefuseWhenTooOld_OnPostgres_LetsEveryVersionBe() =>
        Assert.Null(Record.Exception(() => new SqliteLibrary("3.0.0").RefuseWhenTooOld(DatabaseKind.Postgres)));

    [Fact]
    public void Loaded_WhatTheProgramBrings_IsGoodEnough() => SqliteLibrary.Loaded().RefuseWhenTooOld(DatabaseKind.Sqlite);

    [Fact]
    public async Task Start_WithAnOldLibrary_IsRefused() =>
        await Assert.ThrowsAsync<UnfitDatabaseException>(
            () => DomainHost.StartAsync(DatabaseKind.Sqlite, services => services.AddSingleton(new SqliteLibrary("3.51.2"))));
}
