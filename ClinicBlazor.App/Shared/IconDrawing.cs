using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace ClinicBlazor.App.Shared;

/// <summary>
/// Draws the icons, each as one piece of markup: a row of a list holds no component for its icon, which would cost a
/// circuit three kilobytes.
/// </summary>
internal static class IconDrawing
{
    private static readonly ConcurrentDictionary<(Audience Audience, string Name, string? Class), MarkupString> Drawn = new();

    /// <summary>An icon that says nothing to a screen reader, because a word beside it does.</summary>
    /// <param name="audience">Whose page it stands on.</param>
    /// <param name="name">Name of the icon; an unknown one throws <see cref="ArgumentException"/>.</param>
    /// <param name="classes">Further classes: "icon-s" for small, "icon-l" for large on staff pages.</param>
    public static MarkupString Of(Audience audience, string name, string? classes = null) =>
        Drawn.GetOrAdd((audience, name, classes), key => Draw(key.Audience, key.Name, key.Class, "aria-hidden=\"true\""));

    /// <summary>An icon that stands for words by itself.</summary>
    public static MarkupString Of(Audience audience, string name, string? classes, string label) =>
        Draw(audience, name, classes, $"role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(label)}\"");

    private static MarkupString Draw(Audience audience, string name, string? classes, string attributes)
    {
        // The two sets share names; one that an audience lacks is borrowed from the other.
        var patient = PatientIcons.All.GetValueOrDefault(name);
        var staff = StaffIcons.All.GetValueOrDefault(name);
        var usePatient = patient is not null && (audience == Audience.Patient || staff is null);
        var shape = (usePatient ? patient : staff) ?? throw new ArgumentException($"There is no icon named '{name}'.", nameof(name));
        var size = usePatient ? 24 : 20;
        var kind = shape.Glyph && audience == Audience.Staff ? "glyph" : "icon";
        var svg = new StringBuilder($"<svg class=\"{kind}{(classes is null ? "" : " " + classes)}\" viewBox=\"0 0 {size} {size}\" {attributes}>");
        Append(shape.Stroke, shape.Dash is null ? "" : $" stroke-dasharray=\"{shape.Dash}\"");
        Append(shape.Fill, " class=\"fill\"");
        Append(shape.Knock, " class=\"knock\"");
        return new(svg.Append("</svg>").ToString());

        void Append(string? path, string with)
        {
            if (path is not null)
            {
                svg.Append(System.Globalization.CultureInfo.InvariantCulture, $"<path{with} d=\"{path}\" />");
            }
        }
    }
}
