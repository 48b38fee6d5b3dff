@extends('layout')
@section('content')
<h1>{{ $title }}</h1>{!! $html !!} {{-- note --}}
@if(count($a) > 1 && $b == "(")
<p>We heal pain.</p>
@endif
@php
echo 1;
@endphp
<?php echo the_title(); ?> <%= yield %> <%# no %>
@include('footer')
@endsection
