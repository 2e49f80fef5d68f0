using System.Globalization;
using System.Reflection;
using ClinicBlazor.Domain.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Domain.Data.Keys;

/// <summary>How far a pass over the sealed values has come.</summary>
/// <param name="Table">The table it is in.</param>
/// <param name="Rows">Rows looked at in all tables so far.</param>
/// <param name="Resealed">Of these, how many got new values.</param>
/// <param name="Unreadable">Values that do not open, and were left as they are.</param>
public sealed record ResealProgress(string Table, long Rows, long Resealed, long Unreadable);

/// <summary>
/// Goes through every table with sealed values and seals anew what is not under the present key; blind indexes are made
/// anew with them. In small batches, each a transaction; a value that somebody changed meanwhile is left for the next
/// pass, and a pass that was broken off is begun again: what is done already is found to be done.
/// </summary>
internal sealed partial class Resealer(ClinicGate gate, FieldProtector protector, BlindIndex blindIndex, FirstEnvelopes first,
    ILogger<Resealer> log)
{
    private const int Batch = 200;

    private static readonly MethodInfo PassTable = typeof(Resealer)
        .GetMethod(nameof(TableAsync), BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <summary>
    /// One pass over all tables. With <paramref name="upgrade"/> values of the first version are taken over, and what is
    /// no envelope at all is left to whoever knows it.
    /// </summary>
    public async Task<ResealProgress> PassAsync(bool upgrade, IProgress<ResealProgress>? progress, CancellationToken ct)
    {
        List<IEntityType> tables;
        await using (var db = await gate.OpenUnrestrictedAsync(ct))
        {
            tables = [.. db.Model.GetEntityTypes().Where(type => type.ClrType.IsAssignableTo(typeof(ISealedRow)))
                .OrderBy(type => type.GetTableName(), StringComparer.Ordinal)];
        }

        var pass = new Pass(upgrade, progress);
        foreach (var table in tables)
        {
            await (Task)PassTable.MakeGenericMethod(table.ClrType).Invoke(this, [new SealedTable(table), pass, ct])!;
        }

        return pass.Reached;
    }

    private async Task TableAsync<TRow>(SealedTable table, Pass pass, CancellationToken ct)
        where TRow : class, ISealedRow
    {
        var last = Guid.Empty;
        for (var more = true; more;)
        {
            await using var db = await gate.OpenUnrestrictedAsync(ct);
            var rows = await db.Set<TRow>()
                .Where(row => EF.Property<Guid>(row, nameof(ISealedRow.Id)) > last)
                .OrderBy(row => EF.Property<Guid>(row, nameof(ISealedRow.Id)))
                .Take(Batch).ToListAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            foreach (var row in rows)
            {
                await RowAsync(db, table, row, pass, ct);
            }

            await transaction.CommitAsync(ct);
            pass.Report(table.Name, rows.Count);
            more = rows.Count == Batch;
            last = more ? rows[^1].Id : last;
        }
    }

    private async Task RowAsync(ClinicDbContext db, SealedTable table, ISealedRow row, Pass pass, CancellationToken ct)
    {
        var changes = new List<(string Column, object? Old, object? New)>();
        foreach (var column in table.Columns)
        {
            if (column.Property.GetValue(row) is not SealedText text || (pass.IsUpgrade && Envelope.VersionOf(text.Envelope) is null))
            {
                continue;
            }

            try
            {
                Reseal(column, row, text, changes);
            }
            catch (SealBrokenException fault)
            {
                pass.Unreadable++;
                LogUnreadable(fault.Place.Table, fault.Place.Column, row.Id);
            }
        }

        if (changes.Count > 0)
        {
            await StoreAsync(db, table, row.Id, changes, ct);
            pass.Resealed++;
        }
    }

    private void Reseal(SealedColumn column, ISealedRow row, SealedText text, List<(string Column, object? Old, object? New)> changes)
    {
        var isCurrent = protector.IsCurrent(text);
        if (isCurrent && column.Index is null)
        {
            return;
        }

        var place = FieldPlace.OfRow(row, column.Property);
        var plain = Envelope.VersionOf(text.Envelope) == Envelope.First ? first.Open(text, place) : protector.Open(text, place);
        if (!isCurrent)
        {
            changes.Add((column.Name, text.ToArray(), protector.Seal(plain, place).ToArray()));
        }

        if (column.Index is { } index)
        {
            var (old, present) = ((byte[]?)index.Property.GetValue(row), blindIndex.Of(column.Property.Name, plain)!);
            if (old is null || !old.AsSpan().SequenceEqual(present))
            {
                changes.Add((index.Name, old, present));
            }
        }
    }

    /// <summary>Stores the new values where the old ones still stand.</summary>
    private static async Task StoreAsync(ClinicDbContext db, SealedTable table, Guid id,
        List<(string Column, object? Old, object? New)> changes, CancellationToken ct)
    {
        var values = new List<object> { id };
        var (set, where) = (new List<string>(), new List<string>());
        foreach (var (column, old, present) in changes)
        {
            set.Add(string.Create(CultureInfo.InvariantCulture, $"\"{column}\" = {{{values.Count}}}"));
            values.Add(present!);
            if (old is null)
            {
                where.Add($"\"{column}\" IS NULL");
            }
            else
            {
                where.Add(string.Create(CultureInfo.InvariantCulture, $"\"{column}\" = {{{values.Count}}}"));
                values.Add(old);
            }
        }

        // Names of tables and columns are the model's own; every value is a parameter.
        var statement = $"UPDATE \"{table.Name}\" SET {string.Join(", ", set)} WHERE \"Id\" = {{0}} AND {string.Join(" AND ", where)}";
        await db.Database.ExecuteSqlRawAsync(statement, values, ct);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Table}.{Column} of row {RowId} does not open and was left as it is")]
    private partial void LogUnreadable(string table, string column, Guid rowId);

    private sealed class Pass(bool isUpgrade, IProgress<ResealProgress>? progress)
    {
        private long rows;

        public bool IsUpgrade { get; } = isUpgrade;

        public long Resealed { get; set; }

        public long Unreadable { get; set; }

        public ResealProgress Reached { get; private set; } = new("", 0, 0, 0);

        public void Report(string table, int looked)
        {
            rows += looked;
            Reached = new ResealProgress(table, rows, Resealed, Unreadable);
            progress?.Report(Reached);
        }
    }

    private sealed record SealedColumn(string Name, PropertyInfo Property, IndexColumn? Index);

    private sealed record IndexColumn(string Name, PropertyInfo Property);

    private sealed class SealedTable
    {
        public SealedTable(IEntityType type)
        {
            Name = type.GetTableName()!;
            var indexes = type.GetProperties()
                .Select(property => (property, Of: property.PropertyInfo?.GetCustomAttribute<BlindIndexOfAttribute>()?.Column))
                .Where(index => index.Of is not null).ToDictionary(index => index.Of!,
                    index => new IndexColumn(index.property.GetColumnName(), index.property.PropertyInfo!));
            Columns = [.. type.GetProperties().Where(property => property.ClrType == typeof(SealedText))
                .Select(property => new SealedColumn(property.GetColumnName(), property.PropertyInfo!,
                    indexes.GetValueOrDefault(property.Name)))];
        }

        public string Name { get; }

        public IReadOnlyList<SealedColumn> Columns { get; }
    }
}
