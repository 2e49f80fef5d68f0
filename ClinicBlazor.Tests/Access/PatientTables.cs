using System.Reflection;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access;

/// <summary>One table of patients' rows, as a lease shows it.</summary>
internal sealed record PatientTable(string Name, bool IsDemographic, bool IsAuthorsAlone,
    Func<Task<IReadOnlyList<Guid>>> ReadPatientIdsAsync);

/// <summary>Every table of the model that is behind the access filter.</summary>
internal static class PatientTables
{
    private static readonly MethodInfo Read = typeof(PatientTables)
        .GetMethod(nameof(ReadAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static IReadOnlyList<PatientTable> Of(ClinicDbContext db) =>
    [
        .. db.Model.GetEntityTypes().Select(entity => entity.ClrType)
            .Where(type => type.IsAssignableTo(typeof(IPatientOwned)) && !type.IsAssignableTo(typeof(IAccessGrant)))
            .Select(type => new PatientTable(
                type.Name, type.IsAssignableTo(typeof(IDemographic)), type.IsAssignableTo(typeof(IDiscardable)),
                () => (Task<IReadOnlyList<Guid>>)Read.MakeGenericMethod(type).Invoke(null, [db])!)),
    ];

    private static async Task<IReadOnlyList<Guid>> ReadAsync<T>(ClinicDbContext db)
        where T : class, IPatientOwned =>
        [.. (await db.Set<T>().ToListAsync()).Select(row => row.PatientId)];
}
