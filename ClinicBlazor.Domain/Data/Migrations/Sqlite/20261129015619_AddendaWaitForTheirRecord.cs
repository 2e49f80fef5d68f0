using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Sqlite
{
    /// <summary>An addendum waits for whoever marks its record as entered in error at the same moment; no table changes.</summary>
    public partial class AddendaWaitForTheirRecord : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.HoldRecordsForAddenda();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.LeaveRecordsOfAddenda();
        }
    }
}
