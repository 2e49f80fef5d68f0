using System.Globalization;
using ClinicBlazor.Domain.Input;
using MudBlazor;

namespace ClinicBlazor.App.Shared.Fields;

/// <summary>
/// A day on a staff page: typed in every form that pages show days in, or chosen in a calendar. What is typed stays as it
/// was typed, right or wrong: bind <c>Text</c>, and read it with <see cref="WrittenDate"/>.
/// </summary>
public sealed class ClinicDatePicker : MudDatePicker
{
    /// <summary>Sets what is the same in every field; a page says only what is its own.</summary>
    public ClinicDatePicker()
    {
        (Variant, Margin, Editable, ImmediateText, ShrinkLabel) = (Variant.Outlined, Margin.Dense, true, true, true);
        (AnchorOrigin, TransformOrigin) = (Origin.BottomLeft, Origin.TopLeft);
        (AdornmentIcon, ShowToolbar, AutoClose) = (Icons.Material.Outlined.CalendarToday, false, true);
        Converter = Conversions.From<DateTime?, string?>(Write, Read);
    }

    /// <summary>A day as the calendar writes it into the field.</summary>
    public static string TextOf(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.CurrentCulture);

    private static string? Write(DateTime? day) => day is { } given ? TextOf(DateOnly.FromDateTime(given)) : null;

    private static DateTime? Read(string? text) => WrittenDate.Read(text, CultureInfo.CurrentUICulture).Day?.ToDateTime(TimeOnly.MinValue);
}
