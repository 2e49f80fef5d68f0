using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Architecture.Leaks;

/// <summary>A command made by hand, past every filter.</summary>
internal static class CommandByHand
{
    public static async Task<object?> ReadAsync(ClinicDbContext db)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT 1";
        return await command.ExecuteScalarAsync();
    }
}

/// <summary>Raw SQL in place of a query.</summary>
internal static class RawQuery
{
    public static IQueryable<Patient> Read(ClinicDbContext db) => db.Set<Patient>().FromSql($"SELECT * FROM \"Patients\"");
}

/// <summary>A write that no guard sees.</summary>
internal static class WriteOfASet
{
    public static Task<int> DeleteAsync(ClinicDbContext db) => db.Set<Patient>().ExecuteDeleteAsync();

    public static Task<int> ChangeAsync(ClinicDbContext db) =>
        db.Set<Patient>().ExecuteUpdateAsync(row => row.SetProperty(patient => patient.RegisteredAt, default(DateTimeOffset)));
}

/// <summary>A row that was never read is put in place of the one in the database.</summary>
internal static class RowPutInPlace
{
    public static void Put(ClinicDbContext db, Patient patient)
    {
        db.Attach(patient);
        db.Entry(patient).State = EntityState.Modified;
        db.Set<Patient>().Update(patient);
        db.ChangeTracker.Clear();
    }
}

/// <summary>The access filter lifted.</summary>
internal static class FilterLifted
{
    public static IQueryable<Draft> Read(ClinicDbContext db) => db.Set<Draft>().IgnoreQueryFilters();
}

/// <summary>Who somebody was, kept for the next one.</summary>
internal static class ActorInAStatic
{
    private static Actor? last;

    public static Actor? Swap(Actor next) => Interlocked.Exchange(ref last, next);
}

/// <summary>A chart kept by what serves everybody.</summary>
internal sealed class ChartInASingleton
{
    private readonly Dictionary<Guid, Task<PatientDetails>> seen = [];

    public void Remember(Guid id, Task<PatientDetails> chart) => seen[id] = chart;
}

/// <summary>A page that becomes whoever owns a session.</summary>
internal sealed class SomebodyElse(SessionService sessions)
{
    public async Task<Actor?> BecomeAsync(Guid sessionId) =>
        (await sessions.FindAsync(sessionId, ClientInfo.Local, CancellationToken.None))?.Actor;
}

/// <summary>A visit kept by a component for whoever opens it next.</summary>
internal sealed class VisitInAStaticOfAComponent : ComponentBase
{
    private static VisitDetails? last;

    public static VisitDetails? Swap(VisitDetails next) => Interlocked.Exchange(ref last, next);
}

/// <summary>A chart kept by a record.</summary>
internal sealed record ChartInAStaticOfARecord
{
    private static PatientDetails? last;

    public static PatientDetails? Swap(PatientDetails next) => Interlocked.Exchange(ref last, next);
}

/// <summary>Who cares for whom, in the whole clinic.</summary>
internal static class WhoCaresForWhom
{
    public static IQueryable<AccessGrant> Read(ClinicDbContext db) => db.Set<AccessGrant>();
}
