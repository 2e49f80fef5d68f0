using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Records;

/// <summary>What an intruder puts into a column.</summary>
internal static class OtherValue
{
    /// <summary>An SQL expression for another value of the column's type than the one that is there.</summary>
    public static async Task<string> OfAsync(DomainHost host, string table, string column)
    {
        var sqlite = host.Kind == DatabaseKind.Sqlite;
        var type = await TypeAsync(host, table, column);
        var other = Guid.CreateVersion7();
        return type switch
        {
            _ when type == typeof(Guid) => sqlite ? $"'{other.ToString("D").ToUpperInvariant()}'" : $"'{other:D}'::uuid",
            _ when type == typeof(bool) => sqlite ? $"1 - \"{column}\"" : $"NOT \"{column}\"",
            _ when type == typeof(DateTimeOffset) => sqlite ? $"\"{column}\" + 10000000" : $"\"{column}\" + interval '1 second'",
            _ when type == typeof(int) => $"\"{column}\" + 1",
            _ when type.IsEnum => $"'{Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)}'",
            _ => sqlite ? "x'0203040506'" : "'\\x0203040506'::bytea",
        };
    }

    private static async Task<Type> TypeAsync(DomainHost host, string table, string column)
    {
        await using var db = await host.OpenAsync();
        var property = db.Model.GetEntityTypes().Single(type => type.GetTableName() == table).GetProperties()
            .Single(property => property.GetColumnName() == column);
        return Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
    }
}
