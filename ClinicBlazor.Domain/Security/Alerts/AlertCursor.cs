using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>
/// How far the trail was judged. The one row is moved in the transaction that raises and counts what was found, so that each entry
/// is judged once, by one of several instances, whatever ends in the middle.
/// </summary>
internal sealed class AlertCursor
{
    /// <summary>Id of the one row.</summary>
    public static readonly Guid TheOne = new("01920000-0000-7000-8000-000000000002");

    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Place in the chain of the last entry that was judged; 0 before the first.</summary>
    public long Sequence { get; private set; }

    /// <summary>Moves it on.</summary>
    public void MoveTo(long sequence) => Sequence = sequence;
}

internal sealed class AlertCursorConfiguration : IEntityTypeConfiguration<AlertCursor>
{
    public void Configure(EntityTypeBuilder<AlertCursor> builder)
    {
        builder.ToTable("AlertCursor");
        builder.Property(cursor => cursor.Id).ValueGeneratedNever();

        // Of two instances that judge the same entries, the second judges what is left.
        builder.Property(cursor => cursor.Sequence).IsConcurrencyToken();
        builder.HasData(new { Id = AlertCursor.TheOne, Sequence = 0L });
    }
}
