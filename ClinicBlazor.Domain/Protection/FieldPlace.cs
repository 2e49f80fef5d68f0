using System.Reflection;

namespace ClinicBlazor.Domain.Protection;

/// <summary>A row that holds sealed values. Every entity with a <see cref="SealedText"/> is one; a test holds that.</summary>
internal interface ISealedRow
{
    /// <summary>Id of the row, made by the application.</summary>
    Guid Id { get; }

    /// <summary>Whose row it is.</summary>
    RowOwner Owner { get; }
}

/// <summary>
/// Whose a row is: it is bound into what is sealed there, so that a row that was given to somebody else opens for
/// nobody.
/// </summary>
/// <param name="Id">The patient or account that owns the row; for what is the clinic's own, <see cref="Clinic"/>.</param>
/// <param name="Within">What the row is a part of, or who alone reads it, where there is such a thing: the record of a
/// diagnosis, the author of a draft.</param>
internal readonly record struct RowOwner(Guid Id, Guid? Within = null)
{
    /// <summary>The clinic itself, which owns the keys of its programs.</summary>
    public static RowOwner Clinic { get; } = new(Guid.Empty);
}

/// <summary>
/// Where a sealed value stands: table, column, row and owner. It is bound into the ciphertext, so that a value that was
/// copied elsewhere, or whose row was given to another owner, no longer opens. It is made from the row, or from what the
/// row will be made of.
/// </summary>
public readonly record struct FieldPlace
{
    private FieldPlace(string table, string column, Guid rowId, RowOwner owner) =>
        (Table, Column, RowId, Owner) = (table, column, rowId, owner);

    /// <summary>Name of the entity.</summary>
    public string Table { get; }

    /// <summary>Name of the property.</summary>
    public string Column { get; }

    /// <summary>Id of the row.</summary>
    public Guid RowId { get; }

    internal RowOwner Owner { get; }

    /// <summary>The place of a column in a row.</summary>
    internal static FieldPlace Of<TRow>(TRow row, string column)
        where TRow : class, ISealedRow =>
        Of<TRow>(row.Id, row.Owner, column);

    /// <summary>
    /// The place of a column in a row that is not made yet, or was read in part. Throws <see cref="ArgumentException"/>
    /// when <typeparamref name="TRow"/> has no such sealed column.
    /// </summary>
    internal static FieldPlace Of<TRow>(Guid rowId, RowOwner owner, string column)
        where TRow : class, ISealedRow =>
        Array.Exists(Columns<TRow>.Names, name => name == column)
            ? new FieldPlace(typeof(TRow).Name, column, rowId, owner)
            : throw new ArgumentException($"{typeof(TRow).Name} has no sealed column {column}.", nameof(column));

    /// <summary>The place of a column in a row whose type is known only when the program runs.</summary>
    internal static FieldPlace OfRow(ISealedRow row, PropertyInfo column) => new(row.GetType().Name, column.Name, row.Id, row.Owner);

    private static class Columns<TRow>
    {
        public static readonly string[] Names =
            [.. typeof(TRow).GetProperties().Where(property => property.PropertyType == typeof(SealedText))
                .Select(property => property.Name)];
    }
}
